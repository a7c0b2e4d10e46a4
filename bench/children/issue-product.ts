import { answerTasks } from '../support/child.ts';
import { openDesk } from '../support/desk.ts';
import type { IssueAnswer, IssueTask } from '../support/issue-task.ts';

/** Issues a table through the program as the window and the command line do. Only the run is timed, not the import. */
answerTasks(async ({ dataFolder, url, files, concurrency }: IssueTask): Promise<IssueAnswer> => {
  const desk = await openDesk(dataFolder, url);
  const batch = await desk.importTable(files);
  const startedAt = performance.now();
  const { counts } = await desk.succeed('batch.run', { batchId: batch.id, concurrency });
  const milliseconds = performance.now() - startedAt;
  await desk.close();
  if (counts.issued !== files.count) throw new Error(`not all were issued: ${JSON.stringify(counts)}`);
  // Kilobytes, by libuv's definition on every system.
  return { milliseconds, peakBytes: process.resourceUsage().maxRSS * 1024 };
});
