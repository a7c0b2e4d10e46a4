import dns from 'node:dns';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import tls from 'node:tls';
import { createEnvironmentSecretStore } from '../../../electron/accounts/secret-store.ts';
import { type App, createApp } from '../../../electron/app.ts';
import { systemClock } from '../../../electron/support/clock.ts';
import type { Log } from '../../../electron/support/log.ts';
import type { Timeouts } from '../../../electron/wechat/transport.ts';
import { contract, type OperationName, type OutputOf, type RequestOf } from '../../../shared/contract/contract.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { Result } from '../../../shared/result.ts';
import { makeQuickFolder } from '../disk/quick-folder.ts';
import type { Fault } from './fault.ts';

/** Waits before the program's own repeats: as many repeats as there are numbers. */
export const repeatWaits: readonly number[] = [1, 2];

const longMs = 30_000;
const patient: Timeouts = {
  connectMs: longMs,
  headersMs: longMs,
  bodyMs: longMs,
  insertMs: longMs,
  uploadMs: longMs,
};
/** Time limits by what is in a hurry. */
export const timeoutsOf: Readonly<Record<Fault['hurry'], Timeouts>> = {
  none: patient,
  // A loopback connection within a second even where the computer is busy, since time limits of both make the whole.
  answer: { ...patient, connectMs: 1000, insertMs: 150 },
  connect: { ...patient, connectMs: 600 },
};

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The program's operations, their output checked against the contract. */
function createCalls(app: App) {
  async function call<Name extends OperationName>(
    name: Name,
    request: RequestOf<Name>,
  ): Promise<Result<OutputOf<Name>, AppError>> {
    const result = await app.call(name, request);
    if (!result.ok) return result;
    // The schema found by this name is the one the output type is made of.
    return { ok: true, value: contract[name].output.parse(result.value) as OutputOf<Name> };
  }

  async function succeed<Name extends OperationName>(name: Name, request: RequestOf<Name>): Promise<OutputOf<Name>> {
    const result = await call(name, request);
    if (!result.ok) throw new Error(`${name} failed: ${JSON.stringify(result.error)}`);
    return result.value;
  }

  /** As {@link succeed}, until it was sent: under short time limits a busy computer may connect too late. */
  async function succeedInTheEnd<Name extends 'account.check' | 'template.create'>(
    name: Name,
    request: RequestOf<Name>,
  ): Promise<OutputOf<Name>> {
    for (let tries = 1; ; tries += 1) {
      const result = await call(name, request);
      if (result.ok) return result.value;
      if (result.error.code !== 'network.unreachable' || tries === 20)
        throw new Error(`${name} failed: ${JSON.stringify(result.error)}`);
    }
  }

  return { call, succeed, succeedInTheEnd };
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** The whole program over a data folder of its own, without a window. */
export async function openDesk(hurry: Fault['hurry']) {
  const folder = await makeQuickFolder();
  const created = createApp({
    dataFolder: join(folder, 'data'),
    version: '0.0.0-test',
    program: 'test',
    secrets: createEnvironmentSecretStore({ FAPIAO_APP_SECRET: 'the-secret-of-the-shop-0123456789' }),
    clock: systemClock,
    log: silent,
    emit: () => undefined,
    timeouts: timeoutsOf[hurry],
    repeatWaits,
  });
  if (!created.ok) throw new Error(`${created.error.code}: ${created.error.text.en}`);
  const app = created.value;
  let serial = 0;
  const { call, succeed, succeedInTheEnd } = createCalls(app);

  return {
    call,
    succeed,
    /** Leaves a connection behind that token and file can use. */
    warmUp: (accountId: number) => succeedInTheEnd('account.check', { accountId }),
    nextSerial: () => {
      serial += 1;
      return serial;
    },
    /** An account whose API is at this address, with a template. */
    async openAccount(baseUrl: string) {
      serial += 1;
      const appid = `wx${serial.toString(16).padStart(16, '0')}`;
      const { id: accountId } = await succeed('account.create', { name: appid, kind: 'wechat', appid, baseUrl });
      const content = {
        payee: '青禾商贸有限公司',
        type: '增值税电子普通发票',
        title: '青禾商贸',
        logoUrl: 'http://x/0',
      };
      const { id: templateId } = await succeedInTheEnd('template.create', { accountId, content });
      return { accountId, templateId };
    },
    /** The handle of a new PDF unlike any other. */
    async newPdf(name: string): Promise<string> {
      const path = join(folder, `${name}.pdf`);
      await writeFile(path, `%PDF-1.4 ${name}`);
      const admitted = await app.files.admit(path);
      if (!admitted.ok) throw new Error(admitted.error.text.en);
      return admitted.value.token;
    },
    async close(): Promise<void> {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Makes the program trust these certificates, until `restore`. */
export function trust(certificates: readonly string[]): { restore(): void } {
  const usual = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...usual, ...certificates]);
  return { restore: () => tls.setDefaultCACertificates(usual) };
}

/** Takes `localhost` out of the hands of the system, so that it can be lost for a while. */
export function holdName() {
  const usual = dns.lookup;
  let lossesLeft = 0;
  let code = 'ENOTFOUND';
  const lookup = (
    name: string,
    options: dns.LookupOptions,
    callback: (error: Error | null, found?: string | readonly dns.LookupAddress[], family?: number) => void,
  ): void => {
    if (name !== 'localhost') {
      usual(name, options, callback);
      return;
    }
    if (lossesLeft > 0) {
      lossesLeft -= 1;
      const error = Object.assign(new Error(`getaddrinfo ${code} ${name}`), { code, syscall: 'getaddrinfo' });
      process.nextTick(callback, error);
      return;
    }
    const address = '127.0.0.1';
    process.nextTick(() => (options.all ? callback(null, [{ address, family: 4 }]) : callback(null, address, 4)));
  };
  // As net calls it: with options and a callback.
  dns.lookup = lookup as typeof dns.lookup;
  return {
    lose(times: number, how: 'ENOTFOUND' | 'EAI_AGAIN'): void {
      lossesLeft = times;
      code = how;
    },
    restore: () => {
      dns.lookup = usual;
    },
  };
}

export type HeldName = ReturnType<typeof holdName>;
