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
  /** Of the processor, in milliseconds. */
  readonly cpuMs: number;
  /** The most memory the process ever had, in bytes. */
  readonly peakBytes: number;
}

/** Times one stretch of work. */
export async function timed(work: () => Promise<unknown>): Promise<IssueAnswer> {
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await work();
  const milliseconds = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  // maxRSS is in kilobytes, by libuv's definition on every system.
  return { milliseconds, cpuMs: (user + system) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024 };
}
