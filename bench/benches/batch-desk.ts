import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { against, alone, type Bench, median } from '../measure.ts';
import { startChild } from '../support/child.ts';
import type { DeskAnswer, DeskStep, DeskTask } from '../support/desk-task.ts';
import { writeDesk } from '../support/invoices.ts';
import { startPractice } from '../support/practice.ts';

const rows = 10_000;
const rounds = 3;
const longestTurnMs = 50;

/** The page of batches: a large table is checked, one cell is corrected, two thousand are. */
export const bench: Bench = {
  name: 'batch-desk',
  title: `${rows} rows × 25 columns with ${rows} PDFs on the desk, against csv-parse and a look into each file`,
  async run(say) {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fapiao-bench-'));
    const files = await writeDesk(folder.path, rows);
    const practice = await startPractice(0);
    const product = startChild<DeskTask, DeskAnswer>('batch-desk-product.ts');
    const raw = startChild<DeskTask, { readonly milliseconds: number }>('batch-desk-raw.ts');
    const seen: { readonly raw: number; readonly product: DeskAnswer }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await using place = await mkdtempDisposable(join(folder.path, 'round-'));
      const task: DeskTask = { ...files, folder: join(place.path, 'data'), url: practice.url, rows };
      const { milliseconds } = await raw.ask(task);
      const answer = await product.ask(task);
      const inWords = (['open', 'edit', 'fix'] as const).map((step) => {
        const { milliseconds: time, delays, bytes } = answer[step];
        return `${step} ${time.toFixed(0)} ms, longest turn ${delays.turnCpu.toFixed(0)} ms of the CPU, ${delays.longest.toFixed(0)} ms, ${(bytes / 1024).toFixed(0)} kB`;
      });
      say(`round ${round + 1}: raw ${milliseconds.toFixed(0)} ms; ${inWords.join('; ')}`);
      seen.push({ raw: milliseconds, product: answer });
    }
    await Promise.all([product.end(), raw.end(), practice.close()]);
    const middle = (of: (one: (typeof seen)[number]) => number) => median(seen.map(of));
    const baseline = middle((one) => one.raw);
    const step = (name: keyof DeskAnswer, of: (one: DeskStep) => number) => middle(({ product: one }) => of(one[name]));
    const time = (name: keyof DeskAnswer) => step(name, ({ milliseconds }) => milliseconds);
    // Of the processor: by the clock, a turn that another program interrupts is as long as that program likes.
    const block = (name: keyof DeskAnswer) => step(name, ({ delays }) => delays.turnCpu);
    return [
      against('check of all', 'ms', { value: time('open'), baseline }, { atMost: 4 }),
      against('one cell corrected', 'ms', { value: time('edit'), baseline }, { atMost: 0.3 }),
      against('2000 cells corrected', 'ms', { value: time('fix'), baseline }, { atMost: 1 }),
      alone('longest turn, check of all', 'ms', block('open'), { atMost: longestTurnMs }),
      alone('longest turn, one cell', 'ms', block('edit'), { atMost: longestTurnMs }),
      alone('longest turn, 2000 cells', 'ms', block('fix'), { atMost: longestTurnMs }),
      alone(
        'answer to one cell',
        'kB',
        step('edit', ({ bytes }) => bytes / 1024),
        { atMost: 100 },
      ),
    ];
  },
};
