import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { type KillStage, openKillStage } from '../kill/stage.ts';
import { readInvoices, writeImage } from './judge-image.ts';
import { nothingSeen, type Outside, outsideAt } from './outside.ts';
import { syncedAt } from './play-cuts.ts';
import { type PowerWorkshop, type TracedRun, traceRun } from './traced-run.ts';

/** A traced run with what is known about it beside its trace. */
export interface PowerRun extends TracedRun {
  readonly name: string;
  /** What was seen of the program before. */
  readonly before: Outside;
  readonly invoices: number;
  /** The codes in the practice server's books, by order. */
  readonly cards: ReadonlyMap<string, string>;
}

export interface RunOptions {
  readonly awakePlants?: readonly string[];
  /** Whether the answers to some inserts get lost, so that a person asks again. */
  readonly losesAnswers?: boolean;
}

export type PowerRuns = Awaited<ReturnType<typeof openPowerRuns>>;

const insertPath = '/card/invoice/insert';

/** What the real program does with a practice server while it is traced. Each run has a data folder of its own. */
export async function openPowerRuns(workshop: PowerWorkshop, size: { readonly drafts: number; readonly rows: number }) {
  const { bundle, root } = workshop;
  const stage = await openKillStage({ bundle, root, drafts: size.drafts, batchRows: size.rows, isDirect: true });
  const { practice, control, batchId, invoiceIds } = stage;
  const invoices = size.drafts + size.rows;
  let runs = 0;
  const nextCase = () => {
    runs += 1;
    return runs;
  };
  const cards = () => new Map(practice.books().cards.map(({ orderId, code }) => [orderId, code]));

  async function runBatch(concurrency: number, { awakePlants = [] }: RunOptions = {}): Promise<PowerRun> {
    const dataFolder = await stage.copyFor(nextCase());
    const work = { kind: 'batch', batchId, concurrency, askAgain: [] } as const;
    const run = await traceRun({ workshop, stage, dataFolder, work, awakePlants });
    return { ...run, name: 'a batch', before: nothingSeen, invoices, cards: cards() };
  }

  return {
    /** One invoice after another. */
    async issue(seed: number, { awakePlants = [], losesAnswers = false }: RunOptions = {}): Promise<PowerRun> {
      const dataFolder = await stage.copyFor(nextCase());
      if (losesAnswers)
        await control.misbehave({ kind: 'drop-after', path: insertPath, times: size.drafts, probability: 0.2, seed });
      const run = await traceRun({ workshop, stage, dataFolder, work: { kind: 'issue', invoiceIds }, awakePlants });
      await control.behave();
      return { ...run, name: 'one after another', before: nothingSeen, invoices, cards: cards() };
    },
    runBatch,
    /** The program's next start over what a power cut left of a run, where a person asks again and resumes the batch. */
    async resume(earlier: PowerRun, cut: number, concurrency: number): Promise<PowerRun> {
      const dataFolder = join(root, `resumed-${nextCase()}`);
      const askAgain = await layOut(stage, dataFolder, earlier, cut);
      const work = { kind: 'batch', batchId, concurrency, askAgain } as const;
      const run = await traceRun({ workshop, stage, dataFolder, work, awakePlants: [] });
      const before = outsideAt(earlier.before, earlier.events, earlier.inserts, cut);
      return { ...run, name: 'the start after a power cut', before, invoices, cards: cards() };
    },
    /** The very first start of all, in an empty folder. */
    async firstStart(): Promise<PowerRun> {
      const dataFolder = join(root, `first-${nextCase()}`);
      await mkdir(dataFolder);
      const account = { name: '青禾商贸', kind: 'wechat', appid: 'wx0123456789abcdef' } as const;
      const work = { kind: 'first start', account } as const;
      const run = await traceRun({ workshop, stage, dataFolder, work, awakePlants: [] });
      return { ...run, name: 'the first start', before: nothingSeen, invoices: 0, cards: cards() };
    },
    /** @throws Error where the practice server itself failed, which is nobody's proof of anything */
    async close(): Promise<void> {
      const { faults } = practice.books();
      await stage.close();
      if (faults.length > 0) throw new Error(`the practice server failed: ${JSON.stringify(faults)}`);
    },
  };
}

/** Lays out a data folder as a power cut left it, and answers the invoices that were being sent. */
async function layOut(stage: KillStage, dataFolder: string, earlier: PowerRun, cut: number): Promise<number[]> {
  const files = syncedAt(earlier, cut);
  writeImage(dataFolder, files);
  const database = new BetterSqlite3(join(dataFolder, 'fapiao-desk.db'));
  const sending = [...readInvoices(database).values()].filter(({ state }) => state === 'sending');
  database.close();
  // Looking at it has changed it.
  writeImage(dataFolder, files);
  await symlink(join(stage.dataFolder, 'pdf'), join(dataFolder, 'pdf'), 'junction');
  return sending.map(({ id }) => id);
}
