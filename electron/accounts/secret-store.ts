import type { Account } from '../../shared/contract/account-operations.ts';

export type SecretPlace = Account['secretPlace'];

/** Whose secret it is; a sealed secret is bound to both, so that it cannot be moved to another account. */
export interface SecretOwner {
  readonly accountId: number;
  readonly appid: string;
}

/** Keeps AppSecrets. What it hands out stays in the main process: no output, log or export ever holds one. */
export interface SecretStore {
  place(owner: SecretOwner): Promise<SecretPlace>;
  read(owner: SecretOwner): Promise<string | undefined>;
  save(owner: SecretOwner, secret: string): Promise<SecretPlace>;
  clear(owner: SecretOwner): Promise<SecretPlace>;
}

/** Headless runs: the secret comes from FAPIAO_APP_SECRET or is kept for this process only; nothing is stored. */
export function createEnvironmentSecretStore(environment: Readonly<Record<string, string | undefined>>): SecretStore {
  const fromEnvironment = environment['FAPIAO_APP_SECRET'];
  const session = new Map<number, string>();
  const place = ({ accountId }: SecretOwner): SecretPlace => {
    if (session.has(accountId)) return 'session';
    return fromEnvironment ? 'environment' : 'missing';
  };
  return {
    place: async (owner) => place(owner),
    read: async ({ accountId }) => session.get(accountId) ?? (fromEnvironment || undefined),
    async save(owner, secret) {
      session.set(owner.accountId, secret);
      return place(owner);
    },
    async clear(owner) {
      session.delete(owner.accountId);
      return place(owner);
    },
  };
}
