import { answerTasks } from '../support/child.ts';
import { openDesk } from '../support/desk.ts';
import { type IssueAnswer, type IssueTask, timed } from '../support/issue-task.ts';

/** Issues a table through the program as the window and the command line do. Only the run is timed, not the import. */
answerTasks(async ({ dataFolder, url, files, concurrency }: IssueTask): Promise<IssueAnswer> => {
  const desk = await openDesk(dataFolder, url);
  const batch = await desk.importTable(files);
  const answer = await timed(() => desk.succeed('batch.run', { batchId: batch.id, concurrency }));
  const { counts } = (await desk.succeed('batch.get', { batchId: batch.id })).batch;
  await desk.close();
  if (counts.issued !== files.count) throw new Error(`not all were issued: ${JSON.stringify(counts)}`);
  return answer;
});
