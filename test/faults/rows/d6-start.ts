import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StartTimes, timeStart, writeManyInvoices } from '../disk/play-start.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';

const shortCount = 8_000;
const longCount = 200_000;
const bittenCount = 1500;
/** On a computer that has nothing else to do. */
const wantedMs = { integrity: 1000, ready: 3000 };
/** On any other: this much of what reading and checking the file alone takes. */
const mostOfRaw = 2;

const ratioOf = ({ readyMs, rawMs }: StartTimes) => readyMs / rawMs;
const isWithinTargets = ({ integrityMs, readyMs }: StartTimes) =>
  integrityMs <= wantedMs.integrity && readyMs <= wantedMs.ready;

const say = ({ megabytes, integrityMs, rawMs, readyMs }: StartTimes) =>
  `${megabytes.toFixed(0)} MB: integrity_check ${integrityMs.toFixed(0)} ms, ready in ${readyMs.toFixed(0)} ms, ${(readyMs / rawMs).toFixed(2)} of the ${rawMs.toFixed(0)} ms that reading and checking alone take`;

async function run(options: FaultOptions): Promise<FaultResult> {
  const count = options.long ? longCount : shortCount;
  const root = await mkdtemp(join(tmpdir(), 'fapiao-start-'));
  try {
    writeManyInvoices(join(root, 'data'), count);
    const times = await timeStart(join(root, 'data'));
    const isQuick = isWithinTargets(times);
    if (!isQuick) options.say(`beyond ${wantedMs.integrity} ms or ${wantedMs.ready} ms here; the ratio decides`);
    // Small, since only the ratio counts.
    writeManyInvoices(join(root, 'slow'), bittenCount);
    const slow = await timeStart(join(root, 'slow'), 15);
    options.say(`planted: a start that does everything sixteen times: ${say(slow)}`);
    return {
      figure: `${count} invoices, ${say(times)}; targets ${isQuick ? 'met' : 'missed'}`,
      ok: isQuick || ratioOf(times) <= mostOfRaw,
      bites: [{ name: 'a start that does everything sixteen times', caught: ratioOf(slow) > mostOfRaw }],
    };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

export const row: FaultRow = { id: 'D6', title: 'the start, with every byte checked, on very many invoices', run };
