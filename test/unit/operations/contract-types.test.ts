import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createEnvironmentSecretStore } from '../../../electron/accounts/secret-store.ts';
import { createApp } from '../../../electron/app.ts';
import { createMemoryLog } from '../../../electron/support/log.ts';
import {
  contract,
  type Handlers,
  type InputOf,
  type OutputOf,
  type RequestOf,
} from '../../../shared/contract/contract.ts';
import { ok } from '../../../shared/result.ts';

// The compiler is the test here (`npm run types`): an expected error that does not come is an error.
declare const complete: Handlers;
declare const withoutOne: Omit<Handlers, 'app.info'>;

const whole = (): Handlers => ({ ...complete });

// @ts-expect-error a contract without one of its handlers
const missing = (): Handlers => ({ ...withoutOne });

const extra = (): Handlers => ({
  ...complete,
  // @ts-expect-error a handler without its entry in the contract
  'app.unheardOf': async () => ok({}),
});

const wrongOutput = (): Handlers => ({
  ...complete,
  // @ts-expect-error an answer that is not the operation's output
  'account.check': async () => ok({ tokenExpiresInSeconds: 'soon' }),
});

const incompleteOutput = (): Handlers => ({
  ...complete,
  // @ts-expect-error an answer that lacks a field
  'code.decrypt': async () => ok({ code: '1' }),
});

const wrongInput = (): Handlers => ({
  ...complete,
  // @ts-expect-error a handler that wants another input than the contract gives it
  'invoice.issue': async ({ orderId }: { readonly orderId: string }) =>
    complete['invoice.issue']({ invoiceId: orderId.length }),
});

const rawError = (): Handlers => ({
  ...complete,
  // @ts-expect-error a failure that is not an AppError
  'batch.stop': async () => ({ ok: false, error: new Error('no') }),
});

// The caller may leave out what has a default; the handler always gets it.
const request: RequestOf<'batch.run'> = { batchId: 1 };
// @ts-expect-error the default is there by then
const input: InputOf<'batch.run'> = { batchId: 1 };
// @ts-expect-error secrets are write-only
const output: OutputOf<'credentials.save'> = { secretPlace: 'session', appSecret: 'x' };

it('the program has exactly one handler for each operation of the contract', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'fapiao-test-'));
  const app = createApp({
    dataFolder,
    version: '0.0.0-test',
    program: 'test',
    secrets: createEnvironmentSecretStore({}),
    clock: { now: () => 0 },
    log: createMemoryLog(),
    emit: () => undefined,
  });
  if (!app.ok) throw new Error(app.error.code);
  expect(Object.keys(app.value.handlers).sort()).toEqual(Object.keys(contract).sort());
  await app.value.close();
  rmSync(dataFolder, { recursive: true });
});

it('refuses whatever does not fit the contract, at compile time: each expected error above came', () => {
  expect(
    [missing, extra, wrongOutput, incompleteOutput, wrongInput, rawError].map((refused) => typeof refused),
  ).toEqual(Array(6).fill('function'));
  expect([typeof whole, request, input]).toEqual(['function', { batchId: 1 }, { batchId: 1 }]);
  expect(Object.keys(output)).toContain('secretPlace');
});
