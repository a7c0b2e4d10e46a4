import { mkdir, mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { against, alone, type Bench, median } from '../measure.ts';
import { startChild } from '../support/child.ts';
import type { ImportAnswer, ImportTask } from '../support/import-task.ts';
import { startPractice } from '../support/practice.ts';
import { writeWideTable } from '../support/wide-table.ts';

const rows = 100_000;
const rounds = 3;
const longestDelayMs = 50;

/**
 * Import of a large table without PDFs, so that every row is decoded, parsed, checked, held against the records and
 * stored with what it lacks, and no file is copied: the raw way copies none either.
 */
export const bench: Bench = {
  name: 'import',
  title: `${rows} rows × 25 columns in GB18030, an order a row, against the faster of csv-parse and papaparse`,
  async run(say) {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fapiao-bench-'));
    const pdfFolder = join(folder.path, 'pdf');
    const table = join(folder.path, 'table.csv');
    await mkdir(pdfFolder);
    await writeWideTable(table, rows);
    const practice = await startPractice(0);
    const product = startChild<ImportTask, ImportAnswer>('import-product.ts');
    const raw = startChild<ImportTask, Record<string, number>>('import-raw.ts');
    const taskIn = (place: string): ImportTask => ({ folder: place, table, url: practice.url, pdfFolder, rows });
    const seen: { readonly raw: Record<string, number>; readonly product: ImportAnswer }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await using place = await mkdtempDisposable(join(folder.path, 'round-'));
      const [rawTimes, answer] = [
        await raw.ask(taskIn(place.path)),
        await product.ask(taskIn(join(place.path, 'data'))),
      ];
      const inWords = Object.entries(rawTimes).map(([name, time]) => `${name} ${time.toFixed(0)} ms`);
      say(`round ${round + 1}: raw ${inWords.join(', ')}; program ${answer.milliseconds.toFixed(0)} ms`);
      seen.push({ raw: rawTimes, product: answer });
    }
    await Promise.all([product.end(), raw.end(), practice.close()]);
    const baseline = Math.min(
      ...Object.keys(seen[0]?.raw ?? {}).map((name) => median(seen.map((one) => one.raw[name] ?? Number.NaN))),
    );
    const delays = seen.map(({ product: { delays: one } }) => one);
    const middle = (of: (one: (typeof delays)[number]) => number) => median(delays.map(of));
    return [
      against('import', 'ms', { value: median(seen.map((one) => one.product.milliseconds)), baseline }, { atMost: 2 }),
      alone(
        'event loop, p99.9',
        'ms',
        middle(({ p999 }) => p999),
        { atMost: longestDelayMs },
      ),
      alone(
        'event loop, longest',
        'ms',
        middle(({ longest }) => longest),
        { atMost: longestDelayMs },
      ),
      alone(
        'event loop, longest heartbeat',
        'ms',
        middle(({ heartbeat }) => heartbeat),
      ),
      alone(
        'event loop, longest turn of the CPU',
        'ms',
        middle(({ turnCpu }) => turnCpu),
      ),
    ];
  },
};
