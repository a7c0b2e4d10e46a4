/** The program in a process of its own, to be told what to do and killed in the middle of it. */
import { closeSync, openSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { openDesk } from './desk.ts';
import { installProbe } from './probe.ts';
import type { ChildMessage, ParentMessage, Task, Told } from './task.ts';

const probe = installProbe();
const tell = (message: ChildMessage) => process.send?.(message);

function toldOf(call: string, result: Awaited<ReturnType<ReturnType<typeof openDesk>['callByName']>>): Told {
  if (!result.ok) return { call, outcome: result.error.code, said: JSON.stringify(result.error) };
  if (!call.startsWith('invoice.')) return { call, outcome: 'ok' };
  // These operations answer an invoice, by the contract.
  const { id, state, cardCode } = result.value as { id: number; state: string; cardCode: string | null };
  return { call, outcome: 'ok', invoiceId: id, state, cardCode };
}

async function perform(task: Task): Promise<void> {
  // Where the bundle's plants look whether they are awake.
  Object.assign(globalThis, { awakePlants: task.awakePlants });
  const steps = openSync(task.stepsFile, 'a');
  probe.begin(task, steps);
  const desk = openDesk({
    dataFolder: task.dataFolder,
    program: task.program,
    emit: (name) => {
      if (name === 'record.changed' && probe.lastMove() === 'sending>issued') probe.reach('before the page is told');
    },
    ...(task.timeouts ? { timeouts: task.timeouts } : {}),
    ...(task.repeatWaits ? { repeatWaits: task.repeatWaits } : {}),
  });
  probe.reach('opened');
  if (task.waitsToBegin) {
    const moment = nextMoment();
    tell({ kind: 'opened' });
    const at = await moment;
    // Asleep until just before, then wide awake, so that two processes begin in the same millisecond.
    await setTimeout(Math.max(0, at - Date.now() - 4));
    while (Date.now() < at);
  }
  const call = async (name: string, input: object) => {
    const isLate = AbortSignal.timeout(5000);
    let result = await desk.callByName(name, input);
    while (task.waitForLock && !result.ok && result.error.code === 'database.locked' && !isLate.aborted) {
      await setTimeout(1);
      result = await desk.callByName(name, input);
    }
    return toldOf(name, result);
  };
  const told = await Promise.all(task.calls.map(({ name, input }) => call(name, input)));
  probe.reach('before the answer is told');
  await desk.close();
  closeSync(steps);
  tell({ kind: 'done', told });
}

let begin: (at: number) => void = () => undefined;
const nextMoment = () =>
  new Promise<number>((resolve) => {
    begin = resolve;
  });

process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  const known = message as ParentMessage; // children.ts sends nothing else
  if (known.kind === 'task') void perform(known.task);
  else begin(known.at);
});
tell({ kind: 'ready' });
