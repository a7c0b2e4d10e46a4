import type { LoopDelays } from './import-task.ts';

export interface DeskTask {
  /** A folder to write in, empty; the raw way has no use for it. */
  readonly folder: string;
  readonly table: string;
  readonly pdfFolder: string;
  /** Of the practice server; the raw way has no use for it. */
  readonly url: string;
  readonly rows: number;
}

export interface DeskStep {
  readonly milliseconds: number;
  readonly delays: LoopDelays;
  /** Of all its answers, as they are packed for the page. */
  readonly bytes: number;
}

/** The first look at a table, and what becomes of it when one cell, and when many are corrected. */
export interface DeskAnswer {
  readonly open: DeskStep;
  readonly edit: DeskStep;
  readonly fix: DeskStep;
}
