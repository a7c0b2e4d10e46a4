import { setImmediate as nextTurn } from 'node:timers/promises';
import { serialize } from 'node:v8';
import type { CellEdit } from '../../shared/contract/table-reading.ts';
import { answerTasks } from '../support/child.ts';
import { openDesk } from '../support/desk.ts';
import type { DeskAnswer, DeskStep, DeskTask } from '../support/desk-task.ts';
import { watchLoop } from '../support/loop-delays.ts';

/** Where writeWideTable has the total of an invoice. */
const feeColumn = 7;
const fixed = 2000;
const pageRows = 500;

/** Packs an answer as Electron does on its way to the page, in the same turn. */
async function timed(work: (pack: (answer: unknown) => void) => Promise<void>): Promise<DeskStep> {
  let bytes = 0;
  await nextTurn();
  const loop = watchLoop();
  const startedAt = performance.now();
  await work((answer) => {
    bytes += serialize(answer).byteLength;
  });
  const milliseconds = performance.now() - startedAt;
  await nextTurn();
  return { milliseconds, delays: loop.stop(), bytes };
}

answerTasks(async ({ folder, table, pdfFolder, url, rows }: DeskTask): Promise<DeskAnswer> => {
  const desk = await openDesk(folder, url);
  const source = await desk.sourceOf({ table, pdfFolder });
  // As the page does: it shows the first rows before anything is checked.
  await desk.succeed('table.open', { table: source.table });
  let known: number | undefined;
  /** Asks as the page does: what differs, and that in pages. */
  const check = async (edits: CellEdit[], waiting: number, pack: (answer: unknown) => void) => {
    const request = { ...source, edits, limit: pageRows, ...(known === undefined ? {} : { known }) };
    const checked = await desk.succeed('table.check', request);
    pack(checked);
    const { checkId, base } = checked;
    for (let after = checked.next; after !== null; ) {
      // Each page is a question of its own, which comes with a turn of its own.
      await nextTurn();
      const page = await desk.succeed('table.checkedRows', { checkId, base, after, limit: pageRows });
      pack(page);
      after = page.next;
    }
    known = checkId;
    if (checked.counts.waiting !== waiting) throw new Error(`found ${JSON.stringify(checked.counts)}`);
  };
  const open = await timed((pack) => check([], rows, pack));
  const one = { row: 5000, column: feeColumn, value: 'x' };
  const edit = await timed((pack) => check([one], rows - 1, pack));
  const many = Array.from({ length: fixed }, (_, index) => ({ ...one, row: 2 + index }));
  const fix = await timed((pack) => check(many, rows - fixed, pack));
  await desk.close();
  return { open, edit, fix };
});
