import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { against, type Bench, median } from '../measure.ts';
import { type Child, startChild } from '../support/child.ts';
import { writeInvoices } from '../support/invoices.ts';
import type { IssueAnswer, IssueTask } from '../support/issue-task.ts';
import { startPractice } from '../support/practice.ts';

const invoices = 2000;
const warmUpInvoices = 200;
const pdfBytes = 100_000;
const delayMs = 20;
const concurrency = 8;
const rounds = 3;

interface Pace {
  readonly perSecond: number;
  /** Of the processor, for one invoice. */
  readonly cpuMs: number;
}

const inWords = ({ perSecond, cpuMs }: Pace) => `${perSecond.toFixed(0)}/s (${cpuMs.toFixed(1)} ms of CPU each)`;

/** One side issues everything once, against books that are empty. */
async function play(side: Child<IssueTask, IssueAnswer>, files: IssueTask['files'], folder: string): Promise<Pace> {
  const practice = await startPractice(delayMs);
  await using data = await mkdtempDisposable(join(folder, 'data-'));
  const { milliseconds, cpuMs } = await side.ask({ dataFolder: data.path, url: practice.url, files, concurrency });
  const cards = await practice.cards();
  await practice.close();
  if (cards !== files.count) throw new Error(`${cards} cards for ${files.count} invoices`);
  return { perSecond: (files.count * 1000) / milliseconds, cpuMs: cpuMs / files.count };
}

/** Issuing 2,000 invoices from a batch, against a loop that only makes the requests. */
export const bench: Bench = {
  name: 'issue-throughput',
  title: `${invoices} invoices, 100 kB PDFs, answers after ${delayMs} ms, concurrency ${concurrency}`,
  async run(say) {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fapiao-bench-'));
    const { table, pdfFolder } = await writeInvoices(folder.path, invoices, pdfBytes);
    const warmUp = await writeInvoices(join(folder.path, 'warm-up'), warmUpInvoices, pdfBytes);
    const raw = startChild<IssueTask, IssueAnswer>('issue-raw.ts');
    const product = startChild<IssueTask, IssueAnswer>('issue-product.ts');
    for (const side of [raw, product]) await play(side, { ...warmUp, count: warmUpInvoices }, folder.path);
    const files = { table, pdfFolder, count: invoices };
    const rates: { readonly raw: Pace; readonly product: Pace }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const rate = { raw: await play(raw, files, folder.path), product: await play(product, files, folder.path) };
      say(`round ${round + 1}: raw ${inWords(rate.raw)}, program ${inWords(rate.product)}`);
      rates.push(rate);
    }
    await Promise.all([raw.end(), product.end()]);
    const value = median(rates.map((rate) => rate.product.perSecond));
    const baseline = median(rates.map((rate) => rate.raw.perSecond));
    return [against('issuing', 'invoices/s', { value, baseline }, { atLeast: 0.9 })];
  },
};
