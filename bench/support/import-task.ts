export interface ImportTask {
  /** A folder to write in, empty. */
  readonly folder: string;
  readonly table: string;
  /** Of the practice server; the raw way has no use for it. */
  readonly url: string;
  readonly pdfFolder: string;
  readonly rows: number;
}

/** How long the event loop was held up, in milliseconds. */
export interface LoopDelays {
  readonly p999: number;
  readonly longest: number;
  /** By a timer of our own, as a second opinion. */
  readonly heartbeat: number;
  /** The longest turn in time of this thread's processor, which a busy computer does not stretch. */
  readonly turnCpu: number;
}

export interface ImportAnswer {
  readonly milliseconds: number;
  readonly delays: LoopDelays;
}
