import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../electron/support/clock.ts';
import { insertPath, openApp, type Stage, shop, startStage } from '../../support/app-under-test.ts';

const setpdfPath = '/card/invoice/platform/setpdf';
const childPath = fileURLToPath(new URL('../../support/app-child.ts', import.meta.url));

/** Waits, within bounds, until something is so. */
async function until(what: string, isSo: () => boolean): Promise<void> {
  for (let look = 0; look < 600; look += 1) {
    if (isSo()) return;
    await sleep(25);
  }
  throw new Error(`never came: ${what}`);
}

/** Starts the program in a process of its own on one operation. */
function startChild(stage: Stage, operation: 'invoice.issue' | 'invoice.askAgain', invoiceId: number): ChildProcess {
  const child = spawn(process.execPath, [childPath, stage.dataFolder, operation, String(invoiceId)], {
    env: { PATH: process.env['PATH'], FAPIAO_APP_SECRET: shop.secret },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** Ends the program by force while it waits for an answer that never comes. */
async function killWhileWaiting(
  stage: Stage,
  operation: 'invoice.issue' | 'invoice.askAgain',
  invoiceId: number,
  rule: { readonly path: string; readonly processed?: boolean },
): Promise<void> {
  const hanging = () => stage.books().calls.filter(({ misbehaviour }) => misbehaviour === 'hang').length;
  const before = hanging();
  await stage.control.misbehave({ kind: 'hang', ...rule });
  const child = startChild(stage, operation, invoiceId);
  await until('the call that hangs', () => hanging() > before);
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  expect(await exited).toEqual([null, 'SIGKILL']);
}

describe('the program killed', () => {
  test.each([
    { processed: true, truth: 'the card was made', code: null },
    { processed: false, truth: 'no card was made', code: 'known' },
  ])(
    'while the insert is out ($truth): unknown at the next start, and asking again settles it',
    async ({ processed, code }) => {
      const stage = await startStage({ clock: systemClock });
      const { id: invoiceId } = await stage.draft();
      await killWhileWaiting(stage, 'invoice.issue', invoiceId, { path: insertPath, processed });
      await stage.reopen();
      const invoice = await stage.look(invoiceId);
      expect(invoice).toMatchObject({ state: 'unknown', cardCode: null, error: { code: 'issue.outcome-unknown' } });
      expect(invoice.error?.text.zhCN).toContain('程序中断');
      expect(invoice.error?.text.en).toContain('the program ended');
      expect((await stage.attempts(invoiceId)).map(({ call, outcome }) => `${call} ${outcome}`)).toEqual([
        'setpdf done',
        'insert unknown',
      ]);
      expect(stage.callsTo(insertPath)).toHaveLength(1);
      expect(stage.books().cards).toHaveLength(processed ? 1 : 0);

      const settled = await stage.app().succeed('invoice.askAgain', { invoiceId });
      const [first, second] = stage.callsTo(insertPath);
      expect(second?.body).toBe(first?.body);
      expect(stage.books().cards).toHaveLength(1);
      const made = stage.books().cards[0]?.code;
      expect(settled).toMatchObject({ state: 'issued', error: null, cardCode: code === null ? null : made });
    },
  );

  test('while the PDF is being sent: a draft still, issued by a new decision', async () => {
    const stage = await startStage({ clock: systemClock });
    const { id: invoiceId } = await stage.draft();
    await killWhileWaiting(stage, 'invoice.issue', invoiceId, { path: setpdfPath });
    await stage.reopen();
    expect(await stage.look(invoiceId)).toMatchObject({ state: 'draft' });
    expect(stage.callsTo(insertPath)).toEqual([]);
    expect(await stage.app().succeed('invoice.issue', { invoiceId })).toMatchObject({ state: 'issued' });
    expect(stage.books().cards).toHaveLength(1);
  });

  test('while asking again: unknown still', async () => {
    const stage = await startStage({ clock: systemClock });
    const { id: invoiceId } = await stage.draft();
    await killWhileWaiting(stage, 'invoice.issue', invoiceId, { path: insertPath, processed: true });
    await killWhileWaiting(stage, 'invoice.askAgain', invoiceId, { path: insertPath, processed: true });
    await stage.reopen();
    expect(await stage.look(invoiceId)).toMatchObject({ state: 'unknown' });
    expect(await stage.app().succeed('invoice.askAgain', { invoiceId })).toMatchObject({ state: 'issued' });
    expect(stage.callsTo(insertPath)).toHaveLength(3);
    expect(stage.books().cards).toHaveLength(1);
  });

  test('a second program that only looks does not disturb the one at work', async () => {
    const stage = await startStage({ clock: systemClock });
    const { id: invoiceId } = await stage.draft();
    await stage.control.misbehave({ kind: 'late-reply', milliseconds: 300, path: insertPath });
    const working = stage.app().call('invoice.issue', { invoiceId });
    await until('the insert', () => stage.callsTo(insertPath).length === 1);
    const second = openApp({ dataFolder: stage.dataFolder, clock: systemClock });
    const { invoice } = await second.succeed('invoice.get', { invoiceId });
    expect(invoice.state).toBe('sending');
    expect(await second.refuse('invoice.issue', { invoiceId })).toMatchObject({
      code: 'database.locked',
      class: 'wait-and-retry',
    });
    await second.close();
    expect(await working).toMatchObject({ ok: true, value: { state: 'issued' } });
    expect(stage.callsTo(insertPath)).toHaveLength(1);
  });
});

describe('the program closed', () => {
  test.each([
    { path: insertPath, what: 'the insert is out' },
    { path: setpdfPath, what: 'the PDF is being sent' },
  ])('while $what: the answer is awaited and written down', async ({ path }) => {
    const stage = await startStage();
    const { id: invoiceId } = await stage.draft();
    await stage.control.misbehave({ kind: 'late-reply', milliseconds: 200, path });
    const working = stage.app().call('invoice.issue', { invoiceId });
    await until('the call', () => stage.callsTo(path).length === 1);
    await stage.reopen();
    expect(await working).toMatchObject({ ok: true, value: { state: 'issued' } });
    const [card] = stage.books().cards;
    expect(await stage.look(invoiceId)).toMatchObject({ state: 'issued', cardCode: card?.code, error: null });
  });

  test('and started again: everything is as it was', async () => {
    const stage = await startStage();
    const { id: invoiceId } = await stage.draft();
    await stage.app().succeed('invoice.issue', { invoiceId });
    await stage.draft();
    const before = await stage.app().succeed('invoice.list', {});
    await stage.reopen();
    expect(await stage.app().succeed('invoice.list', {})).toEqual(before);
    const { templates } = await stage.app().succeed('template.list', { accountId: stage.accountId });
    expect(templates).toEqual([stage.template]);
  });
});
