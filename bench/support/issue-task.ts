export interface IssueTask {
  /** Of the program, empty; the raw way has no use for it. */
  readonly dataFolder: string;
  /** Of the practice server. */
  readonly url: string;
  readonly files: { readonly table: string; readonly pdfFolder: string; readonly count: number };
  readonly concurrency: number;
}

export interface IssueAnswer {
  readonly milliseconds: number;
  /** The most memory the process ever had, in bytes. */
  readonly peakBytes: number;
}
