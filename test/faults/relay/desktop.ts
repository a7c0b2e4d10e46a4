import type { SecretStore } from '../../../electron/accounts/secret-store.ts';
import { type App, createApp } from '../../../electron/app.ts';
import { systemClock } from '../../../electron/support/clock.ts';
import { createMemoryLog } from '../../../electron/support/log.ts';

/** A keychain with one secret in it. */
export function oneSecret(initial?: string): SecretStore & { readonly read: () => Promise<string | undefined> } {
  let kept = initial;
  const place = async () => (kept === undefined ? 'missing' : 'keychain') as 'missing' | 'keychain';
  return {
    place,
    read: async () => kept,
    async save(_owner, secret) {
      kept = secret;
      return place();
    },
    async clear() {
      kept = undefined;
      return place();
    },
  };
}

/** The whole program over a data folder, with these secrets. @throws Error where the folder cannot be used */
export function openDesktop(dataFolder: string, secrets: SecretStore): App {
  const app = createApp({
    dataFolder,
    version: '0.0.0-test',
    program: 'faults',
    secrets,
    clock: systemClock,
    log: createMemoryLog(),
    emit: () => undefined,
  });
  if (!app.ok) throw new Error(app.error.text.en);
  return app.value;
}
