import type { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';

/** Ends threads as they start, in the middle of what they were started for, until told to let them live. */
export function killThreads({ atMost = Number.POSITIVE_INFINITY, afterMessages = 0 } = {}) {
  const started: Worker[] = [];
  let left = atMost;
  const watch = (worker: Worker) => {
    started.push(worker);
    if (left === 0) return;
    left -= 1;
    let messages = 0;
    const hear = () => {
      messages += 1;
      if (messages === afterMessages) void worker.terminate();
    };
    if (afterMessages === 0) worker.once('online', () => void worker.terminate());
    else worker.on('message', hear);
  };
  process.on('worker', watch);
  onTestFinished(() => {
    process.off('worker', watch);
  });
  return {
    started: started as readonly Worker[],
    stop: () => {
      left = 0;
    },
  };
}
