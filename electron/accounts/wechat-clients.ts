import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { AccountRepository, StoredAccount } from '../records/account-repository.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { createWeChatClient, type WeChatClient } from '../wechat/client.ts';
import type { Timeouts } from '../wechat/transport.ts';
import type { Tunnel } from '../wechat/tunnel.ts';
import { type PracticeWorld, practiceSecret } from './practice-world.ts';
import { type SecretOwner, type SecretStore, unreadableOr } from './secret-store.ts';

export type WeChatClients = ReturnType<typeof createWeChatClients>;

/** One client an account, so that its token and connections are shared by everything the program does for it. */
export function createWeChatClients(parts: {
  readonly accounts: AccountRepository;
  readonly secrets: SecretStore;
  readonly practice: PracticeWorld;
  readonly clock: Clock;
  readonly log: Log;
  readonly timeouts?: Partial<Timeouts> | undefined;
  /** The relay that an account's calls go through; undefined: they go straight. One that cannot be used is no reason to. */
  readonly tunnelOf: (account: StoredAccount) => Promise<Result<Tunnel | undefined, AppError>>;
}) {
  const clients = new Map<number, WeChatClient>();

  async function baseUrlOf(account: StoredAccount): Promise<Result<string, AppError>> {
    return account.kind === 'practice' ? parts.practice.address() : ok(account.baseUrl);
  }

  async function readSecret(account: StoredAccount): Promise<Result<string, AppError>> {
    if (account.kind === 'practice') return ok(practiceSecret);
    const owner: SecretOwner = { accountId: account.id, appid: account.appid, purpose: 'app-secret' };
    const secret = await parts.secrets.read(owner);
    if (secret) return ok(secret);
    const missing = appError('account.secret-missing', { account: account.name });
    return fail(unreadableOr(missing, await parts.secrets.place(owner), account.name));
  }

  async function open(account: StoredAccount): Promise<Result<WeChatClient, AppError>> {
    const baseUrl = await baseUrlOf(account);
    if (!baseUrl.ok) return baseUrl;
    const known = clients.get(account.id);
    if (known) return ok(known);
    const tunnel = account.kind === 'practice' ? ok(undefined) : await parts.tunnelOf(account);
    if (!tunnel.ok) return tunnel;
    // Somebody else may have made it meanwhile.
    const existing = clients.get(account.id);
    if (existing) return ok(existing);
    const client = createWeChatClient({
      baseUrl: baseUrl.value,
      appid: account.appid,
      readSecret: () => readSecret(account),
      clock: parts.clock,
      log: parts.log,
      ...(parts.timeouts ? { timeouts: parts.timeouts } : {}),
      ...(tunnel.value ? { tunnel: tunnel.value } : {}),
    });
    clients.set(account.id, client);
    return ok(client);
  }

  return {
    /** The account's client, or why there can be none. */
    async of(accountId: number): Promise<Result<WeChatClient, AppError>> {
      const account = parts.accounts.find(accountId);
      if (!account) return fail(appError('account.not-found', { account: String(accountId) }));
      return open(account);
    },
    /** Forgets a client and its token, after the account's secret changed. */
    async drop(accountId: number): Promise<void> {
      const client = clients.get(accountId);
      clients.delete(accountId);
      await client?.close();
    },
    async close(): Promise<void> {
      const all = [...clients.values()];
      clients.clear();
      await Promise.all(all.map((client) => client.close()));
    },
  };
}
