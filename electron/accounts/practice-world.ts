import { join } from 'node:path';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createPracticeControl, type PracticeControl } from '../practice/practice-control.ts';
import { type PracticeApp, type PracticeServer, startPracticeServer } from '../practice/practice-server.ts';
import type { AccountRepository, StoredAccount } from '../records/account-repository.ts';
import type { WriterLock } from '../records/writer-lock.ts';

/** The AppSecret of every practice account: it guards nothing, the server answers on this computer only. */
export const practiceSecret = 'practice-secret-of-fapiao-desk';

/** Where an account's pushes go and how they are signed; undefined: nowhere. */
export type PushTargetOf = (account: StoredAccount) => Promise<PushTarget | undefined>;
type PushTarget = Required<Pick<PracticeApp, 'pushUrl' | 'pushToken' | 'encodingAesKey'>>;

export type PracticeWorld = ReturnType<typeof createPracticeWorld>;

/** The practice server inside the program: started when a practice account first needs it, its books in the data folder. */
export function createPracticeWorld(parts: {
  readonly dataFolder: string;
  readonly accounts: AccountRepository;
  readonly writerLock: WriterLock;
  readonly now: () => number;
  readonly pushTargetOf: PushTargetOf;
}) {
  let running: Promise<Result<PracticeServer, AppError>> | undefined;
  let server: PracticeServer | undefined;

  async function toApp(account: StoredAccount): Promise<PracticeApp> {
    const { appid, customerMustAuthorise } = account;
    return { appid, secret: practiceSecret, customerMustAuthorise, ...(await parts.pushTargetOf(account)) };
  }

  async function launch(): Promise<Result<PracticeServer, AppError>> {
    // Two servers on one file of books would each overwrite the other's cards.
    const locked = parts.writerLock.acquire();
    if (!locked.ok) return locked;
    const practiceAccounts = parts.accounts.list().filter(({ kind }) => kind === 'practice');
    const started = await startPracticeServer({
      booksFile: join(parts.dataFolder, 'practice-books.json'),
      now: parts.now,
      apps: await Promise.all(practiceAccounts.map(toApp)),
    });
    if (started.ok) server = started.value;
    else running = undefined;
    return started;
  }

  async function start(): Promise<Result<PracticeServer, AppError>> {
    running ??= launch();
    const result = await running;
    if (!result.ok) running = undefined;
    return result;
  }

  return {
    url: (): string | null => server?.url ?? null,
    /** Starts the server where needed and answers its address. */
    async address(): Promise<Result<string, AppError>> {
      const started = await start();
      return started.ok ? ok(started.value.url) : started;
    },
    /** Starts the server where needed and answers the means to steer it. */
    async control(): Promise<Result<PracticeControl, AppError>> {
      const started = await start();
      return started.ok ? ok(createPracticeControl(started.value.url)) : started;
    },
    /** Makes a new or changed practice account known to the running server. */
    async introduce(account: StoredAccount): Promise<Result<void, AppError>> {
      if (account.kind !== 'practice') return fail(appError('practice.not-an-account', { account: account.name }));
      const control = await this.control();
      if (!control.ok) return control;
      await control.value.putApp(await toApp(account));
      return ok(undefined);
    },
    async close(): Promise<void> {
      const closing = server;
      server = undefined;
      running = undefined;
      await closing?.close();
    },
  };
}
