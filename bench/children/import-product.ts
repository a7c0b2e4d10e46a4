import { answerTasks } from '../support/child.ts';
import { openDesk } from '../support/desk.ts';
import type { ImportAnswer, ImportTask } from '../support/import-task.ts';
import { watchLoop } from '../support/loop-delays.ts';

/** Imports a table through the program as the window does, in the process whose event loop serves the window. */
answerTasks(async ({ folder, url, table, pdfFolder, rows }: ImportTask): Promise<ImportAnswer> => {
  const desk = await openDesk(folder, url);
  const loop = watchLoop();
  const startedAt = performance.now();
  const batch = await desk.importTable({ table, pdfFolder });
  const milliseconds = performance.now() - startedAt;
  const delays = loop.stop();
  if (batch.counts.total !== rows) throw new Error(`not all rows came: ${JSON.stringify(batch.counts)}`);
  await desk.close();
  return { milliseconds, delays };
});
