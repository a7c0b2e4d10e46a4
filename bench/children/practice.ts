import { startPracticeServer } from '../../electron/practice/practice-server.ts';
import { answerTasks } from '../support/child.ts';
import type { PracticeTask } from '../support/practice.ts';

answerTasks(async ({ app }: PracticeTask) => {
  const started = await startPracticeServer({ apps: [app] });
  if (!started.ok) throw new Error(started.error.text.en);
  return { url: started.value.url };
});
