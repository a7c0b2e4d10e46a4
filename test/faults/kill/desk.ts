import { createEnvironmentSecretStore } from '../../../electron/accounts/secret-store.ts';
import { type AppOptions, createApp } from '../../../electron/app.ts';
import { systemClock } from '../../../electron/support/clock.ts';
import type { Log } from '../../../electron/support/log.ts';
import { contract, type OperationName, type OutputOf, type RequestOf } from '../../../shared/contract/contract.ts';
import type { Emit } from '../../../shared/contract/events.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { Result } from '../../../shared/result.ts';

export const shopSecret = 'the-secret-of-the-shop-0123456789';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface DeskOptions {
  readonly dataFolder: string;
  readonly program: string;
  readonly emit?: Emit;
  readonly timeouts?: AppOptions['timeouts'];
  readonly repeatWaits?: readonly number[];
}

export type OpenDesk = typeof openDesk;
export type Desk = ReturnType<OpenDesk>;

/** The whole program over a data folder, without a window. */
export function openDesk({ dataFolder, program, emit, timeouts, repeatWaits = [] }: DeskOptions) {
  const created = createApp({
    dataFolder,
    version: '0.0.0-test',
    program,
    secrets: createEnvironmentSecretStore({ FAPIAO_APP_SECRET: shopSecret }),
    clock: systemClock,
    log: silent,
    emit: emit ?? (() => undefined),
    repeatWaits,
    ...(timeouts ? { timeouts } : {}),
  });
  if (!created.ok) throw new Error(`${created.error.code}: ${created.error.text.en}`);
  const app = created.value;

  async function call<Name extends OperationName>(
    name: Name,
    request: RequestOf<Name>,
  ): Promise<Result<OutputOf<Name>, AppError>> {
    const result = await app.call(name, request);
    if (!result.ok) return result;
    // The schema found by this name is the one the output type is made of.
    return { ok: true, value: contract[name].output.parse(result.value) as OutputOf<Name> };
  }

  return {
    call,
    async succeed<Name extends OperationName>(name: Name, request: RequestOf<Name>): Promise<OutputOf<Name>> {
      const result = await call(name, request);
      if (!result.ok) throw new Error(`${name} failed: ${JSON.stringify(result.error)}`);
      return result.value;
    },
    callByName: app.call,
    async admit(path: string): Promise<string> {
      const admitted = await app.files.admit(path);
      if (!admitted.ok) throw new Error(admitted.error.text.en);
      return admitted.value.token;
    },
    close: app.close,
  };
}
