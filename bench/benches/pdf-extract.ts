import { against, alone, type Bench, median } from '../measure.ts';
import { startChild } from '../support/child.ts';
import { onePageInvoices, type PdfTask, type PdfTaskAnswer } from '../support/pdf-task.ts';

const rounds = 3;
const timesInRound = 3;
const manyPdfs = 200;

/** Reading invoices, against the library that only takes the text out and paints the page; one thread against two. */
export const bench: Bench = {
  name: 'pdf-extract',
  title: 'one-page invoices with their QR codes, against getTextContent and a painted page of pdf.js',
  async run(say) {
    const names = onePageInvoices();
    const raw = startChild<PdfTask, PdfTaskAnswer>('pdf-raw.ts');
    const second = startChild<PdfTask, PdfTaskAnswer>('pdf-raw.ts');
    const product = startChild<PdfTask, PdfTaskAnswer>('pdf-product.ts');
    const once = { names, times: timesInRound, threads: 1 };
    const perFile = ({ milliseconds }: PdfTaskAnswer) => milliseconds / (names.length * timesInRound);
    const times = 2 * Math.ceil(manyPdfs / names.length / 2);
    const many = (threads: number) => ({ names, times, threads });
    // Threads are started and code is warm before anything is timed.
    await Promise.all([raw.ask(once), second.ask(once)]);
    for (const threads of [1, 2]) await product.ask({ ...once, threads });
    const seen: { raw: number; program: number; one: number; two: number; rawOne: number; rawTwo: number }[] = [];
    /** The same files by two processes of the library alone: what two of anything gain on this machine. */
    const rawTwice = async () => {
      const startedAt = performance.now();
      await Promise.all([raw, second].map((child) => child.ask({ ...many(1), times: times / 2 })));
      return performance.now() - startedAt;
    };
    for (let round = 0; round < rounds; round += 1) {
      const figures = {
        raw: perFile(await raw.ask(once)),
        program: perFile(await product.ask(once)),
        one: (await product.ask(many(1))).milliseconds,
        two: (await product.ask(many(2))).milliseconds,
        rawOne: (await raw.ask(many(1))).milliseconds,
        rawTwo: await rawTwice(),
      };
      const inWords = `raw ${figures.raw.toFixed(1)} ms, program ${figures.program.toFixed(1)} ms a file`;
      const ofMany = `${times * names.length} files: ${figures.one.toFixed(0)} ms with one thread, ${figures.two.toFixed(0)} ms with two; the library ${figures.rawOne.toFixed(0)} and ${figures.rawTwo.toFixed(0)} ms`;
      say(`round ${round + 1}: ${inWords}; ${ofMany}`);
      seen.push(figures);
    }
    await Promise.all([raw.end(), second.end(), product.end()]);
    const middle = (of: (one: (typeof seen)[number]) => number) => median(seen.map(of));
    const rate = (of: (one: (typeof seen)[number]) => number) => (times * names.length * 1000) / middle(of);
    return [
      against(
        'one-page invoice',
        'ms',
        { value: middle((one) => one.program), baseline: middle((one) => one.raw) },
        { atMost: 1.5 },
      ),
      against(
        `${times * names.length} PDFs, two threads against one`,
        'files/s',
        { value: rate((one) => one.two), baseline: rate((one) => one.one) },
        { atLeast: 1.6 },
      ),
      alone(
        'the library by itself, two processes against one',
        '×',
        middle((one) => one.rawOne / one.rawTwo),
      ),
    ];
  },
};
