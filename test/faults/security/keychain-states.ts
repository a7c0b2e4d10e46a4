import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SecretOwner, SecretStore } from '../../../electron/accounts/secret-store.ts';
import { createMemoryLog, type Log } from '../../../electron/support/log.ts';
import { type Keyring, keyring, newKey } from './electron-keyring.ts';

export type OpenKeychain = (file: string, log: Log) => SecretStore;

const first: SecretOwner = { accountId: 1, appid: 'wx0123456789abcdef', purpose: 'app-secret' };
const second: SecretOwner = { accountId: 2, appid: 'wxfedcba9876543210', purpose: 'app-secret' };
const relay: SecretOwner = { ...first, purpose: 'relay' };
/** Found in no file, whatever happens. */
const canary = 'c0ffee00c0ffee00c0ffee00c0ffee00';
const other = 'ca11ab1eca11ab1eca11ab1eca11ab1e';

interface Desk {
  readonly folder: string;
  readonly file: string;
  /** A program that starts: what was in memory only is gone. */
  start(): SecretStore;
  expect(what: string, isSo: boolean): void;
}

export interface State {
  readonly name: string;
  readonly play: (desk: Desk) => Promise<void>;
}

/** Everything below the folder, as text by which a secret would be found in any of its usual clothes. */
function isWritten(folder: string, secret: string): boolean {
  const base64 = (text: string) => Buffer.from(text).toString('base64').replaceAll('=', '');
  const clothes = [
    Buffer.from(secret),
    Buffer.from(secret, 'utf16le'),
    // At each of the three places where a group of base64 may begin; its last letters depend on what follows.
    ...[0, 1, 2].map((skipped) => Buffer.from(base64(secret.slice(skipped)).slice(0, -2))),
    Buffer.from(Buffer.from(secret).toString('hex')),
  ];
  return readdirSync(folder).some((name) => {
    const bytes = readFileSync(join(folder, name));
    return clothes.some((one) => bytes.includes(one));
  });
}

async function seal(desk: Desk): Promise<void> {
  const store = desk.start();
  desk.expect(
    'sealed',
    (await store.save(first, canary)) === 'keychain' && (await store.save(second, other)) === 'keychain',
  );
}

async function isSessionOnly(desk: Desk): Promise<void> {
  const store = desk.start();
  desk.expect('kept for this session', (await store.save(first, canary)) === 'session');
  desk.expect('usable', (await store.read(first)) === canary);
  desk.expect('no file', !existsSync(desk.file));
  desk.expect('asked for at the next start', (await desk.start().place(first)) === 'missing');
}

/** Sealed before, and not to be opened now: nothing is changed, nothing is called missing, and later it is there again. */
async function isKeptWhile(desk: Desk, change: () => void): Promise<void> {
  await seal(desk);
  const before = readFileSync(desk.file);
  const kept = { ...keyring, keys: [...keyring.keys] };
  change();
  const store = desk.start();
  desk.expect('said to be unreadable', (await store.place(first)) === 'unreadable');
  desk.expect('not given', (await store.read(first)) === undefined);
  desk.expect('an account without one is missing it', (await store.place(relay)) === 'missing');
  desk.expect('the file stays as it is', readFileSync(desk.file).equals(before));
  Object.assign(keyring, kept);
  desk.expect('there again', (await desk.start().read(first)) === canary && (await store.read(second)) === other);
}

export const states: readonly State[] = [
  {
    name: 'ok',
    async play(desk) {
      await seal(desk);
      desk.expect('there at the next start', (await desk.start().read(first)) === canary);
      desk.expect('only for its owner', (statSync(desk.file).mode & 0o077) === 0);
      desk.expect('bound to its account', (await desk.start().read({ ...first, appid: second.appid })) === undefined);
      const store = desk.start();
      await Promise.all([store.save(relay, 'r'), store.save(first, other), store.clear(second)]);
      const again = desk.start();
      const found = [await again.read(relay), await again.read(first), await again.read(second)];
      desk.expect('three changes at once', found.join() === `r,${other},`);
    },
  },
  {
    name: 'basic_text',
    async play(desk) {
      keyring.backend = 'basic_text';
      await isSessionOnly(desk);
    },
  },
  {
    name: 'unavailable',
    async play(desk) {
      keyring.state = 'down';
      await isSessionOnly(desk);
      keyring.state = 'rejects';
      await isSessionOnly(desk);
    },
  },
  {
    name: 'backend change',
    async play(desk) {
      await isKeptWhile(desk, () => {
        keyring.backend = 'kwallet6';
        keyring.keys = [newKey()];
      });
    },
  },
  {
    name: 'wrong key',
    async play(desk) {
      await isKeptWhile(desk, () => {
        keyring.keys = [newKey()];
      });
      const keys = [...keyring.keys];
      keyring.keys = [newKey()];
      const store = desk.start();
      desk.expect(
        'entered anew',
        (await store.save(first, 'new')) === 'keychain' && (await store.read(first)) === 'new',
      );
      keyring.keys = [...keyring.keys, ...keys];
      desk.expect("the other account's is not lost", (await desk.start().read(second)) === other);
    },
  },
  {
    name: 'temporarily down',
    async play(desk) {
      for (const state of ['down', 'rejects'] as const)
        await isKeptWhile(desk, () => {
          keyring.state = state;
        });
      keyring.state = 'down';
      const store = desk.start();
      desk.expect('entered while it is down', (await store.save(first, 'new')) === 'session');
      keyring.state = 'up';
      desk.expect('sealed once it is up', (await store.place(first)) === 'keychain');
      desk.expect('the new one at the next start', (await desk.start().read(first)) === 'new');
      keyring.isSealingBroken = true;
      desk.expect('kept where sealing fails', (await store.save(first, canary)) === 'session');
      desk.expect('usable', (await store.read(first)) === canary);
    },
  },
  {
    name: 'shouldReEncrypt',
    async play(desk) {
      await seal(desk);
      const [old] = keyring.keys;
      const fresh = newKey();
      keyring.keys = old ? [fresh, old] : [fresh];
      desk.expect('opened by the old key', (await desk.start().read(first)) === canary);
      keyring.keys = [fresh];
      desk.expect('sealed by the new key', (await desk.start().read(first)) === canary);
      keyring.keys = old ? [old] : [];
      desk.expect('what was not read is as it was', (await desk.start().read(second)) === other);
    },
  },
  {
    name: 'half-written blob',
    async play(desk) {
      await seal(desk);
      const whole = readFileSync(desk.file, 'utf8');
      for (const half of ['', whole.slice(0, whole.length / 2), '[]', 'null']) {
        writeFileSync(desk.file, half);
        const store = desk.start();
        desk.expect('said to be unreadable', (await store.place(first)) === 'unreadable');
        desk.expect('the file stays', readFileSync(desk.file, 'utf8') === half);
        desk.expect(
          'entered anew',
          (await store.save(second, other)) === 'keychain' && (await store.read(second)) === other,
        );
        const aside = readdirSync(desk.folder).filter((name) => name.includes('unreadable'));
        desk.expect(
          'put aside, not lost',
          aside.some((name) => readFileSync(join(desk.folder, name), 'utf8') === half),
        );
        desk.expect('the others are asked for', (await store.place(first)) === 'missing');
      }
      const blobs = JSON.parse(whole) as Record<string, string>; // as the store writes it
      const cut = (blobs['account-1'] ?? '').slice(0, 20);
      writeFileSync(desk.file, JSON.stringify({ ...blobs, 'account-1': cut, 'account-9': 5, note: { later: true } }));
      const store = desk.start();
      desk.expect(
        'one blob cut short',
        (await store.place(first)) === 'unreadable' && (await store.read(second)) === other,
      );
      await store.save(first, canary);
      const kept = JSON.parse(readFileSync(desk.file, 'utf8')) as Record<string, unknown>; // as above
      desk.expect(
        'what is not understood stays',
        kept['account-9'] === 5 && JSON.stringify(kept['note']) === '{"later":true}',
      );
    },
  },
];

/** Plays one state in a folder of its own. @returns what was not as it has to be */
export async function playState({ name, play }: State, open: OpenKeychain): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'fapiao-keychain-'));
  const file = join(folder, 'secrets.json');
  const log = createMemoryLog();
  const fresh: Keyring = { backend: 'gnome_libsecret', state: 'up', keys: [newKey()], isSealingBroken: false };
  Object.assign(keyring, fresh);
  const wrong: string[] = [];
  try {
    await play({
      folder,
      file,
      start: () => open(file, log),
      expect: (what, isSo) => {
        if (!isSo) wrong.push(`${name}: not ${what}`);
      },
    });
    for (const secret of [canary, other])
      if (isWritten(folder, secret) || JSON.stringify(log.entries).includes(secret))
        wrong.push(`${name}: a secret was written`);
  } catch (error) {
    wrong.push(`${name}: ${error instanceof Error ? error.message : 'threw'}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return wrong;
}
