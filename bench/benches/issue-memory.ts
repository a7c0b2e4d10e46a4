import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { against, type Bench, median } from '../measure.ts';
import { startChild } from '../support/child.ts';
import { writeInvoices } from '../support/invoices.ts';
import type { IssueAnswer, IssueTask } from '../support/issue-task.ts';
import { startPractice } from '../support/practice.ts';

const few = 200;
const many = 20_000;
const pdfBytes = 30_000;
const concurrency = 8;
const smallRuns = 3;

/** Imports and issues so many invoices in a fresh process. @returns the most memory it ever had, in MB */
async function peakAt(count: number, folder: string): Promise<number> {
  await using data = await mkdtempDisposable(join(folder, 'data-'));
  const files = await writeInvoices(join(data.path, 'files'), count, pdfBytes);
  const practice = await startPractice(0);
  const child = startChild<IssueTask, IssueAnswer>('issue-product.ts');
  const { table, pdfFolder } = files;
  const task = {
    dataFolder: join(data.path, 'data'),
    url: practice.url,
    files: { table, pdfFolder, count },
    concurrency,
  };
  const { peakBytes } = await child.ask(task);
  await Promise.all([child.end(), practice.close()]);
  return peakBytes / 1024 / 1024;
}

/** Peak memory of import and issue: what a batch holds at once must not grow with its length. */
export const bench: Bench = {
  name: 'issue-memory',
  title: `peak memory of importing and issuing ${many} invoices against ${few}, each in a process of its own`,
  async run(say) {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fapiao-bench-'));
    const small: number[] = [];
    for (let run = 0; run < smallRuns; run += 1) small.push(await peakAt(few, folder.path));
    say(`${few} invoices: ${small.map((megabytes) => megabytes.toFixed(0)).join(', ')} MB`);
    const value = await peakAt(many, folder.path);
    say(`${many} invoices: ${value.toFixed(0)} MB`);
    return [against('peak memory', 'MB', { value, baseline: median(small) }, { atMost: 1.2 })];
  },
};
