/** The program in a process of its own, to be traced while it works. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { type Desk, openDesk } from '../kill/desk.ts';
import type { PowerMessage, PowerTask, Told } from './task.ts';

const tell = (message: PowerMessage) => process.send?.(message);

async function work(desk: Desk, { work }: PowerTask, tellPerson: (told: Told) => void): Promise<void> {
  if (work.kind === 'first start') {
    const { id } = await desk.succeed('account.create', work.account);
    return tellPerson({ kind: 'account', id });
  }
  const issue = async (operation: 'invoice.issue' | 'invoice.askAgain', invoiceId: number) => {
    const result = await desk.call(operation, { invoiceId });
    if (!result.ok) return false;
    const { id, state, cardCode } = result.value;
    tellPerson({ kind: 'invoice', id, state, cardCode });
    return true;
  };
  if (work.kind === 'issue') {
    for (const id of work.invoiceIds)
      for (let isIssued = await issue('invoice.issue', id); !isIssued; ) isIssued = await issue('invoice.askAgain', id);
    return;
  }
  for (const id of work.askAgain) await issue('invoice.askAgain', id);
  await desk.succeed('batch.run', { batchId: work.batchId, concurrency: work.concurrency });
}

async function perform(task: PowerTask): Promise<void> {
  // Where the bundle's plants look whether they are awake.
  Object.assign(globalThis, { awakePlants: task.awakePlants });
  const told = openSync(task.toldFile, 'a');
  const tellPerson = (what: Told) => void writeSync(told, `${JSON.stringify(what)}\n`);
  const looks: Promise<void>[] = [];
  const look = async (invoiceId: number) => {
    const { invoice } = await desk.succeed('invoice.get', { invoiceId });
    tellPerson({ kind: 'invoice', id: invoice.id, state: invoice.state, cardCode: invoice.cardCode });
  };
  const desk = openDesk({
    dataFolder: task.dataFolder,
    program: 'traced',
    // As the page does: told that something changed, it looks, and shows what it sees.
    emit: (name, payload) => {
      if (name === 'record.changed' && 'kind' in payload && payload.kind === 'invoice') looks.push(look(payload.id));
    },
  });
  await work(desk, task, tellPerson);
  await Promise.all(looks);
  await desk.close();
  closeSync(told);
}

process.on('disconnect', () => process.exit(0));
process.on('message', (task) => {
  // The parent is the only one who writes here.
  perform(task as PowerTask).then(
    () => tell('done'),
    (error: unknown) => tell({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
tell('ready');
