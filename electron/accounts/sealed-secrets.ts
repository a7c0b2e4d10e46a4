import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { Log } from '../support/log.ts';
import type { SecretOwner, SecretPlace, SecretStore } from './secret-store.ts';

/** What the operating system does for secrets. */
export interface Sealer {
  /** Whether it seals with a key of its own; never rejects. */
  isAvailable(): Promise<boolean>;
  /** @throws Error where the system does not seal just now */
  seal(text: string): Promise<Uint8Array>;
  /**
   * @returns the text, and whether it should be sealed anew, since the system's key has changed
   * @throws Error where the system does not open it: another key, another user, or a keyring that is locked
   */
  open(sealed: Uint8Array): Promise<{ readonly text: string; readonly isStale: boolean }>;
}

/** Entries that are not understood are kept as they are: a later version may have written them. */
const sealedFileSchema = z.record(z.string(), z.unknown());
const sealedSecretSchema = z.strictObject({
  purpose: z.enum(['app-secret', 'relay']),
  appid: z.string(),
  secret: z.string(),
});

type Sealed = Readonly<Record<string, unknown>>;
type Opened = { readonly secret: string } | 'missing' | 'unreadable';

/** A secret in memory; `isWanted`: it goes into the file as soon as the system seals. */
interface Kept {
  readonly secret: string;
  readonly isWanted: boolean;
}

const keyOf = ({ accountId, purpose }: SecretOwner) =>
  purpose === 'app-secret' ? `account-${accountId}` : `account-${accountId}-${purpose}`;
const reasonOf = (error: unknown) => (error instanceof Error ? error.name : 'unknown');

/** The file of sealed secrets. What cannot be read is put aside, never written over: other accounts' secrets are in it. */
function createSealedFile(file: string, log: Log) {
  async function read(): Promise<Sealed | 'unreadable'> {
    try {
      return sealedFileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
      log.warn('keychain.unreadable', { reason: reasonOf(error) });
      return 'unreadable';
    }
  }

  async function putAside(): Promise<Sealed> {
    await rename(file, `${file}.unreadable-${Date.now()}`);
    return {};
  }

  async function write(sealed: Sealed): Promise<void> {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, JSON.stringify(sealed), { mode: 0o600, flush: true });
    await rename(`${file}.new`, file);
  }

  let last: Promise<unknown> = Promise.resolve();
  return {
    read,
    /** Changes the file, one change after the other: two at once would lose one of them. */
    change(how: (sealed: Sealed) => Sealed): Promise<void> {
      const turn = last.then(async () => {
        const found = await read();
        await write(how(found === 'unreadable' ? await putAside() : found));
      });
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

/**
 * Secrets sealed by the operating system in one file of the data folder. Where the system offers no real encryption they
 * live for this session only and nothing is written; what it does not open now stays where it is, and may be opened later.
 */
export function createSealedSecrets(file: string, sealer: Sealer, log: Log): SecretStore {
  const session = new Map<string, Kept>();
  const sealedFile = createSealedFile(file, log);

  async function store(owner: SecretOwner, secret: string): Promise<void> {
    const sealed = await sealer.seal(JSON.stringify({ purpose: owner.purpose, appid: owner.appid, secret }));
    await sealedFile.change((before) => ({ ...before, [keyOf(owner)]: Buffer.from(sealed).toString('base64') }));
  }

  /** The system's key has changed and the old one still opens: what it sealed is sealed by the new one, while it can be. */
  async function renew(owner: SecretOwner, secret: string): Promise<void> {
    await store(owner, secret).catch((error: unknown) => log.warn('keychain.not-renewed', { reason: reasonOf(error) }));
  }

  async function unseal(owner: SecretOwner): Promise<Opened> {
    const sealed = await sealedFile.read();
    if (sealed === 'unreadable') return 'unreadable';
    const blob = sealed[keyOf(owner)];
    if (blob === undefined) return 'missing';
    try {
      if (!(await sealer.isAvailable())) return 'unreadable';
      const { text, isStale } = await sealer.open(Buffer.from(z.string().parse(blob), 'base64'));
      const { appid, purpose, secret } = sealedSecretSchema.parse(JSON.parse(text));
      // Somebody else's, put into this place: it is nobody's secret here.
      if (appid !== owner.appid || purpose !== owner.purpose) return 'missing';
      if (isStale) await renew(owner, secret);
      return { secret };
    } catch (error) {
      log.warn('keychain.unsealed', { reason: reasonOf(error) });
      return 'unreadable';
    }
  }

  /** Puts what is in memory into the file; it stays in memory as well where the file does not give it back. */
  async function seal(owner: SecretOwner, secret: string): Promise<void> {
    if (!(await sealer.isAvailable())) return;
    try {
      await store(owner, secret);
    } catch (error) {
      log.warn('keychain.not-sealed', { reason: reasonOf(error) });
      return;
    }
    const isGivenBack = typeof (await unseal(owner)) !== 'string';
    // Saved anew meanwhile: that one is dealt with by whoever saved it.
    if (session.get(keyOf(owner))?.secret !== secret) return;
    if (isGivenBack) session.delete(keyOf(owner));
    else session.set(keyOf(owner), { secret, isWanted: false });
  }

  /** What is in memory since the keychain was down goes into it now that it is up. */
  async function settle(owner: SecretOwner): Promise<string | undefined> {
    const kept = session.get(keyOf(owner));
    if (kept?.isWanted) await seal(owner, kept.secret);
    return kept?.secret;
  }

  async function place(owner: SecretOwner): Promise<SecretPlace> {
    await settle(owner);
    if (session.has(keyOf(owner))) return 'session';
    const opened = await unseal(owner);
    return typeof opened === 'string' ? opened : 'keychain';
  }

  return {
    place,
    async read(owner) {
      const kept = await settle(owner);
      if (kept !== undefined) return kept;
      const opened = await unseal(owner);
      return typeof opened === 'string' ? undefined : opened.secret;
    },
    async save(owner, secret) {
      // Kept first: whatever the system does now, the program can work with it.
      session.set(keyOf(owner), { secret, isWanted: true });
      return place(owner);
    },
    async clear(owner) {
      session.delete(keyOf(owner));
      await sealedFile.change(({ [keyOf(owner)]: _gone, ...rest }) => rest);
      return place(owner);
    },
  };
}
