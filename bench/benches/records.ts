import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../electron/app.ts';
import { planText, readTerms } from '../../electron/records/search-text.ts';
import { against, alone, type Bench, type Measure, median, p95 } from '../measure.ts';
import { openProgram, prepareIndex, succeed } from '../support/program.ts';
import { addCompanies, fillRecords, keystrokes, openRaw, rawSearch, sizesIn, writeCost } from '../support/records.ts';

const invoices = 1_000_000;
const rounds = 3;
const longestMs = 100;

const isWhole = (text: string) => !planText(readTerms(text)).isShort;

type Say = (line: string) => void;

/** Types as the page does: each letter asks for the rows, and those that came for their count, which nobody awaits. */
async function typeAll(app: App): Promise<number[]> {
  const times: number[] = [];
  const counts: Promise<unknown>[] = [];
  for (const text of keystrokes) {
    const begun = performance.now();
    await succeed(app, 'record.search', { text, asker: 'records' });
    times.push(performance.now() - begun);
    counts.push(app.call('record.count', { text, asker: 'records' }));
  }
  await Promise.all(counts);
  return times;
}

async function measureSearch(folder: string, say: Say): Promise<Measure[]> {
  const app = openProgram(folder);
  const preparedIn = await prepareIndex(app);
  const { database, index } = sizesIn(folder);
  say(
    `index made in ${(preparedIn / 1000).toFixed(0)} s: ${index.toFixed(0)} MB beside ${database.toFixed(0)} MB of records`,
  );
  const raw = openRaw(folder);
  const seen: { readonly product: number; readonly raw: number }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const product = await typeAll(app);
    const baseline = keystrokes.map((text) => rawSearch(raw, text));
    // Short ones the program finds by reading the newest invoices; for the others both ask the index.
    const ofIndex = (times: readonly number[]) => p95(times.filter((_, place) => isWhole(keystrokes[place] ?? '')));
    say(
      `round ${round}: p95 ${p95(product).toFixed(1)} ms, raw ${p95(baseline).toFixed(1)} ms; ` +
        `where both ask the index ${ofIndex(product).toFixed(1)} ms, raw ${ofIndex(baseline).toFixed(1)} ms`,
    );
    // The first one warms both up.
    if (round > 0) seen.push({ product: p95(product), raw: p95(baseline) });
  }
  raw.close();
  await app.close();
  const value = median(seen.map(({ product }) => product));
  const baseline = median(seen.map((one) => one.raw));
  return [
    against('keystroke to rows, p95', 'ms', { value, baseline }, { atMost: 1.5 }),
    alone('keystroke to rows, p95', 'ms', value, { atMost: longestMs }),
    alone('index made', 's', preparedIn / 1000),
  ];
}

interface Look {
  /** Until the program can be asked. */
  readonly start: number;
  /** Until it has answered what the first screens show. */
  readonly look: number;
}

async function startAndLook(folder: string): Promise<Look> {
  const begun = performance.now();
  const app = openProgram(folder);
  const started = performance.now();
  await succeed(app, 'account.list', {});
  await succeed(app, 'overview.read', { accountId: 1 });
  await succeed(app, 'record.search', {});
  const looked = performance.now();
  await app.close();
  return { start: started - begun, look: looked - started };
}

async function measureStart(full: string, empty: string, say: Say): Promise<Measure[]> {
  const times: { readonly full: Look; readonly empty: Look }[] = [];
  for (let round = 0; round < rounds; round += 1)
    times.push({ full: await startAndLook(full), empty: await startAndLook(empty) });
  const medianOf = (part: keyof Look, of: 'full' | 'empty') => median(times.map((one) => one[of][part]));
  const measured = (part: keyof Look) => ({ value: medianOf(part, 'full'), baseline: medianOf(part, 'empty') });
  say(`the start examines every page of the database: ${medianOf('start', 'full').toFixed(0)} ms of it`);
  return [
    against('first screens read, against an empty database', 'ms', measured('look'), { atMost: 1.2 }),
    against(
      'the same and the start',
      'ms',
      {
        value: medianOf('start', 'full') + medianOf('look', 'full'),
        baseline: medianOf('start', 'empty') + medianOf('look', 'empty'),
      },
      { atMost: 1.2 },
    ),
  ];
}

/** Search as one types over a million invoices, against the index asked on the spot by a connection of our own. */
export const bench: Bench = {
  name: 'records',
  title: `${invoices} invoices, ${keystrokes.length} keystrokes, 100 rows each, against the raw query of the index`,
  async run(say) {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fapiao-bench-'));
    const [full, empty] = [join(folder.path, 'full'), join(folder.path, 'empty')];
    for (const one of [full, empty]) addCompanies(one);
    const begun = performance.now();
    fillRecords(full, invoices);
    say(`filled in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
    return [
      ...(await measureSearch(full, say)),
      ...(await measureStart(full, empty, say)),
      against('saving a draft durably', 'ms', writeCost(full, join(folder.path, 'plain')), { atMost: 1.2 }),
    ];
  },
};
