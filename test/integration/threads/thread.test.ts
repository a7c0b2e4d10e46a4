import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { isOutOfMemory, startThread, ThreadEnded, threadFailure } from '../../../electron/support/thread.ts';

const opening = "import { parentPort, workerData } from 'node:worker_threads';";
const threadOf = (code: string, task = {}, maxOldGenerationSizeMb = 64) =>
  startThread<string>({
    module: `data:text/javascript,${encodeURIComponent(`${opening}${code}`)}`,
    task,
    maxOldGenerationSizeMb,
  });

describe('a thread', () => {
  it('is heard in order, also where nobody waited, and then of its end', async () => {
    const thread = threadOf('for (const word of workerData.words) parentPort.postMessage(word);', {
      words: ['a', 'b'],
    });
    await thread.exited;
    expect([await thread.next(), await thread.next()]).toEqual(['a', 'b']);
    const error = await thread.next().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ThreadEnded);
    expect(threadFailure(error)).toMatchObject({ code: 'work.broken-off', retryable: true });
  });

  it('that throws fails who waits with what it threw, and the program with nothing', async () => {
    const throwing = "parentPort.once('message', () => { throw new RangeError('a bug inside'); });";
    const waitedFor = threadOf(throwing);
    const next = waitedFor.next();
    waitedFor.post('go');
    await expect(next).rejects.toThrow(new RangeError('a bug inside'));
    expect(threadFailure(await next.catch((reason: unknown) => reason))).toBeUndefined();
    const alone = threadOf(throwing);
    alone.post('go');
    await alone.exited;
    await expect(alone.next()).rejects.toThrow('a bug inside');
  });

  it('that ends its process, or is ended, fails who waits', async () => {
    const ending = threadOf('process.exit(3);');
    await expect(ending.next()).rejects.toThrow('exit code 3');
    const ended = threadOf('setInterval(() => {}, 1000);');
    const next = ended.next();
    await ended.terminate();
    await expect(next).rejects.toBeInstanceOf(ThreadEnded);
  });

  it('that fills its memory ends alone', async () => {
    const full = threadOf('const kept = []; for (;;) kept.push(new Array(10_000).fill(kept.length));', {}, 16);
    const error = await full.next().catch((reason: unknown) => reason);
    expect(isOutOfMemory(error)).toBe(true);
    expect(threadFailure(error)?.code).toBe('work.broken-off');
  });

  it('is waited for no longer than the signal says, and loses nothing by it', async () => {
    const thread = threadOf("parentPort.on('message', (word) => parentPort.postMessage(word));");
    const calling = new AbortController();
    const next = thread.next(calling.signal);
    calling.abort();
    await expect(next).rejects.toThrow();
    thread.post('later');
    await setTimeout();
    expect(await thread.next()).toBe('later');
    await thread.terminate();
  });
});
