import type { Account } from '../../shared/contract/account-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';

export type SecretPlace = Account['secretPlace'];

/** `app-secret`: the account's AppSecret. `relay`: all that reads its relay, as JSON. */
export type SecretPurpose = 'app-secret' | 'relay';

/** Whose secret it is and what for; a sealed secret is bound to all three, so that it cannot be moved elsewhere. */
export interface SecretOwner {
  readonly accountId: number;
  readonly appid: string;
  readonly purpose: SecretPurpose;
}

/** Keeps secrets. What it hands out stays in the main process: no output, log or export ever holds one. */
export interface SecretStore {
  place(owner: SecretOwner): Promise<SecretPlace>;
  read(owner: SecretOwner): Promise<string | undefined>;
  save(owner: SecretOwner, secret: string): Promise<SecretPlace>;
  clear(owner: SecretOwner): Promise<SecretPlace>;
}

/** Why a secret is not at hand: it is there and the system does not open it, or else what the caller says. */
export function unreadableOr(missing: AppError, place: SecretPlace, accountName: string): AppError {
  return place === 'unreadable' ? appError('secret.unreadable', { account: accountName }) : missing;
}

/** Headless runs: the AppSecret comes from FAPIAO_APP_SECRET; what is saved is kept for this process only. */
export function createEnvironmentSecretStore(environment: Readonly<Record<string, string | undefined>>): SecretStore {
  const fromEnvironment = ({ purpose }: SecretOwner) =>
    (purpose === 'app-secret' && environment['FAPIAO_APP_SECRET']) || undefined;
  const session = new Map<string, string>();
  const keyOf = ({ accountId, purpose }: SecretOwner) => `${accountId} ${purpose}`;
  const place = (owner: SecretOwner): SecretPlace => {
    if (session.has(keyOf(owner))) return 'session';
    return fromEnvironment(owner) === undefined ? 'missing' : 'environment';
  };
  return {
    place: async (owner) => place(owner),
    read: async (owner) => session.get(keyOf(owner)) ?? fromEnvironment(owner),
    async save(owner, secret) {
      session.set(keyOf(owner), secret);
      return place(owner);
    },
    async clear(owner) {
      session.delete(keyOf(owner));
      return place(owner);
    },
  };
}
