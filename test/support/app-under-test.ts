import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createEnvironmentSecretStore, type SecretStore } from '../../electron/accounts/secret-store.ts';
import { type App, type AppOptions, createApp } from '../../electron/app.ts';
import { createPracticeControl } from '../../electron/practice/practice-control.ts';
import { type PracticeApp, startPracticeServer } from '../../electron/practice/practice-server.ts';
import type { Clock } from '../../electron/support/clock.ts';
import { createMemoryLog, type MemoryLog } from '../../electron/support/log.ts';
import { contract, type OperationName, type OutputOf, type RequestOf } from '../../shared/contract/contract.ts';
import type { EventMap, EventName } from '../../shared/contract/events.ts';
import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import { type AppError, appErrorSchema } from '../../shared/errors/app-error.ts';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createManualClock } from './app-clock.ts';
import { digitalInvoice, writePdf } from './app-invoices.ts';

export const shop: PracticeApp = {
  appid: 'wx0123456789abcdef',
  secret: 'the-secret-of-the-shop-0123456789',
  customerMustAuthorise: false,
};

export const insertPath = '/card/invoice/insert';

export interface SeenEvent {
  readonly name: EventName;
  readonly payload: EventMap[EventName];
}

export interface TestApp extends Pick<App, 'stopWork' | 'close' | 'files' | 'followRelays' | 'watchOrders'> {
  /** Runs an operation as the page and the command line do, and checks its output against the contract. */
  call<Name extends OperationName>(name: Name, request: RequestOf<Name>): Promise<Result<OutputOf<Name>, AppError>>;
  /** The output of an operation that has to succeed. */
  succeed<Name extends OperationName>(name: Name, request: RequestOf<Name>): Promise<OutputOf<Name>>;
  /** The error of an operation that has to fail. */
  refuse<Name extends OperationName>(name: Name, request: RequestOf<Name>): Promise<AppError>;
  readonly events: readonly SeenEvent[];
  readonly log: MemoryLog;
}

export interface TestAppOptions {
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly timeouts?: AppOptions['timeouts'];
  readonly repeatWaits?: readonly number[];
  readonly secret?: string;
  /** Of the computer; by default one that knows `secret` and forgets what else it is given with the program's end. */
  readonly secrets?: SecretStore;
  readonly onEvent?: (event: SeenEvent) => void;
  readonly updates?: AppOptions['updates'];
  readonly dragOut?: AppOptions['dragOut'];
}

/** The whole program over a data folder, without a window. */
export function openApp(options: TestAppOptions): TestApp {
  const { dataFolder, clock, timeouts, repeatWaits = [], secret = shop.secret } = options;
  const events: SeenEvent[] = [];
  const log = createMemoryLog();
  const created = createApp({
    dataFolder,
    version: '0.0.0-test',
    program: 'test',
    secrets: options.secrets ?? createEnvironmentSecretStore({ FAPIAO_APP_SECRET: secret }),
    clock,
    log,
    emit: (name, payload) => {
      const event = { name, payload };
      events.push(event);
      options.onEvent?.(event);
    },
    // One request a call, unless a test is about the repeats.
    repeatWaits,
    ...(timeouts ? { timeouts } : {}),
    ...(options.updates ? { updates: options.updates } : {}),
    ...(options.dragOut ? { dragOut: options.dragOut } : {}),
  });
  if (!created.ok) throw new Error(`${created.error.code}: ${created.error.text.en}`);
  const app = created.value;

  async function call<Name extends OperationName>(name: Name, request: RequestOf<Name>) {
    const result = await app.call(name, request);
    if (!result.ok) return fail(appErrorSchema.parse(result.error));
    // The schema found by this name is the one the output type is made of.
    return ok(contract[name].output.parse(result.value) as OutputOf<Name>);
  }

  return {
    call,
    async succeed(name, request) {
      const result = await call(name, request);
      if (!result.ok) throw new Error(`${name} failed: ${JSON.stringify(result.error)}`);
      return result.value;
    },
    async refuse(name, request) {
      const result = await call(name, request);
      if (result.ok) throw new Error(`${name} succeeded: ${JSON.stringify(result.value)}`);
      return result.error;
    },
    events,
    log,
    files: app.files,
    stopWork: app.stopWork,
    followRelays: app.followRelays,
    watchOrders: app.watchOrders,
    close: app.close,
  };
}

export interface StageOptions {
  /** Changes to the account as WeChat's console has it. */
  readonly shop?: Partial<PracticeApp>;
  /** Further accounts at the practice server. */
  readonly otherApps?: readonly PracticeApp[];
  readonly clock?: Clock;
  readonly timeouts?: AppOptions['timeouts'];
  readonly repeatWaits?: readonly number[];
  readonly onEvent?: (event: SeenEvent) => void;
  readonly secrets?: SecretStore;
  readonly dragOut?: AppOptions['dragOut'];
  /** What the account has as its API's address, given the practice server's; by default that itself. */
  readonly baseUrl?: (practiceUrl: string) => Promise<string>;
}

export interface DraftOptions {
  readonly fields?: Partial<InvoiceFields>;
  /** File handles; by default each draft gets a PDF of its own. */
  readonly pdf?: string | null;
  readonly tripPdf?: string;
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

/**
 * A practice server, the program over an empty data folder, a real-kind account whose API is that server, and a
 * template. Closing it also looks for what no test may leave behind: faults inside the server, two cards for one order, a
 * secret in the log.
 */
export async function openStage(options: StageOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'fapiao-app-'));
  const manual = createManualClock();
  const clock = options.clock ?? manual;
  const account = { ...shop, ...options.shop };
  const started = await startPracticeServer({
    now: () => clock.now(),
    apps: [account, ...(options.otherApps ?? [])],
  });
  if (!started.ok) throw new Error(started.error.text.en);
  const server = started.value;
  const appOptions: TestAppOptions = {
    dataFolder: join(folder, 'data'),
    clock,
    ...(options.timeouts ? { timeouts: options.timeouts } : {}),
    ...(options.repeatWaits ? { repeatWaits: options.repeatWaits } : {}),
    ...(options.onEvent ? { onEvent: options.onEvent } : {}),
    ...(options.secrets ? { secrets: options.secrets } : {}),
    ...(options.dragOut ? { dragOut: options.dragOut } : {}),
  };
  const apps = [openApp(appOptions)];
  const app = (): TestApp => apps.at(-1) ?? openApp(appOptions);
  const { id: accountId } = await app().succeed('account.create', {
    name: '青禾商贸',
    kind: 'wechat',
    appid: account.appid,
    baseUrl: options.baseUrl ? await options.baseUrl(server.url) : server.url,
  });
  const template = await app().succeed('template.create', { accountId, content: templateContent });
  let serial = 0;
  const nextSerial = () => {
    serial += 1;
    return serial;
  };

  async function admit(path: string): Promise<string> {
    const admitted = await app().files.admit(path);
    if (!admitted.ok) throw new Error(admitted.error.text.en);
    return admitted.value.token;
  }

  /** The handle of a new file with these bytes. */
  async function newFile(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return admit(path);
  }

  /** The handle of a new, real PDF unlike any other. */
  async function newPdf(lines: readonly string[] = []): Promise<string> {
    const path = join(folder, `invoice-${nextSerial()}.pdf`);
    await writePdf(path, [path, ...lines]);
    return admit(path);
  }

  /** Saves a good fully digital invoice, with changes, as a draft. */
  async function draft({ fields, pdf, tripPdf }: DraftOptions = {}): Promise<Invoice> {
    return app().succeed('invoice.saveDraft', {
      accountId,
      templateId: template.id,
      fields: digitalInvoice(nextSerial(), fields),
      pdf: pdf === undefined ? await newPdf() : pdf,
      ...(tripPdf === undefined ? {} : { tripPdf }),
    });
  }

  return {
    folder,
    dataFolder: appOptions.dataFolder,
    clock,
    /** Moves the time of program and server on, unless the test brought a clock of its own. */
    advance: manual.advance,
    server,
    control: createPracticeControl(server.url),
    app,
    accountId,
    template,
    nextSerial,
    admit,
    newFile,
    newPdf,
    draft,
    books: () => server.books(),
    /** The state in the records and what stands beside it. */
    look: async (invoiceId: number) => (await app().succeed('invoice.get', { invoiceId })).invoice,
    attempts: async (invoiceId: number) => (await app().succeed('invoice.get', { invoiceId })).attempts,
    /** Calls that reached WeChat at this address, in order. */
    callsTo: (path: string) => server.books().calls.filter((call) => call.path === path),
    /** Ends the program and starts it again on the same data. */
    async reopen(changes: Partial<TestAppOptions> = {}): Promise<TestApp> {
      await app().close();
      const reopened = openApp({ ...appOptions, ...changes });
      apps.push(reopened);
      return reopened;
    },
    async close(): Promise<void> {
      await app().close();
      const { faults, cards } = server.books();
      await server.close();
      await rm(folder, { recursive: true, force: true });
      if (faults.length > 0) throw new Error(`the practice server failed: ${JSON.stringify(faults)}`);
      const orders = cards.map(({ appid, orderId }) => `${appid} ${orderId}`);
      if (new Set(orders).size !== orders.length) throw new Error(`two cards for one order: ${orders.join(', ')}`);
      const logged = JSON.stringify(apps.flatMap(({ log }) => log.entries));
      if (logged.includes(account.secret)) throw new Error('the log holds the secret');
    },
  };
}

export const templateContent = {
  payee: '青禾商贸有限公司',
  type: '增值税电子普通发票',
  title: '青禾商贸',
  logoUrl: 'http://mmbiz.qpic.cn/mmbiz/abc/0',
} as const;

/** {@link openStage}, closed by the end of the test. */
export async function startStage(options: StageOptions = {}): Promise<Stage> {
  const stage = await openStage(options);
  onTestFinished(() => stage.close());
  return stage;
}
