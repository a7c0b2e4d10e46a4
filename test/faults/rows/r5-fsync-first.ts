import { ensureStrace } from '../../../scripts/ensure-strace.ts';
import { judgeOrder } from '../power/judge-order.ts';
import { openPowerRuns, type PowerRuns } from '../power/power-runs.ts';
import { openPowerWorkshop } from '../power/traced-run.ts';
import type { Bite, FaultOptions, FaultResult, FaultRow } from '../row.ts';

const shortForm = { drafts: 16, rows: 24 };
const longForm = { drafts: 400, rows: 600 };
const bittenForm = { drafts: 12, rows: 1 };
const concurrency = 4;
const mostSaid = 20;

async function run({ long, seed, say }: FaultOptions): Promise<FaultResult> {
  const strace = ensureStrace();
  if (!strace.ok) return { figure: 'not run', ok: false, bites: [], notRun: strace.error };
  const form = long ? longForm : shortForm;
  const workshop = await openPowerWorkshop(strace.value);
  const runs = await openPowerRuns(workshop, form);
  const bitten = await openPowerRuns(workshop, bittenForm);
  try {
    const judged = [];
    for (const trace of [() => runs.issue(seed), () => runs.runBatch(concurrency)]) {
      const traced = await trace();
      judged.push(judgeOrder(traced, workshop.root));
      say(`${traced.name}: ${traced.inserts.length} inserts in ${traced.events.length} events`);
    }
    const early = judged.flatMap((one) => one.early);
    for (const one of early.slice(0, mostSaid)) say(one);
    const inserts = judged.reduce((sum, one) => sum + one.inserts, 0);
    return {
      figure: `${inserts - early.length} of ${inserts} inserts: sending was synced before the first byte left`,
      ok: early.length === 0 && inserts === form.drafts + form.rows,
      bites: await biteAll(bitten, workshop.root, seed, say),
    };
  } finally {
    await runs.close();
    await bitten.close();
    await workshop.close();
  }
}

const defects = [
  { name: 'sending is committed after the request was sent', plant: 'sending-after-send' },
  { name: 'a commit does not wait for the disk: synchronous is NORMAL', plant: 'synchronous-normal' },
  { name: 'nothing waits for the disk: synchronous is OFF', plant: 'synchronous-off' },
] as const;

async function biteAll(runs: PowerRuns, folder: string, seed: number, say: FaultOptions['say']): Promise<Bite[]> {
  const bites: Bite[] = [];
  for (const { name, plant } of defects) {
    const { inserts, early } = judgeOrder(await runs.issue(seed, { awakePlants: [plant] }), folder);
    say(`planted: ${name}: ${early.length} of ${inserts} inserts; ${early[0] ?? 'none'}`);
    bites.push({ name, caught: inserts > 0 && early.length === inserts });
  }
  return bites;
}

export const row: FaultRow = { id: 'R5', title: 'the sync of sending comes before the first byte of insert', run };
