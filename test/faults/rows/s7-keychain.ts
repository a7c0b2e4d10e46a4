import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { importPlanted } from '../planted-import.ts';
import type { Bite, FaultOptions, FaultResult, FaultRow } from '../row.ts';
import { type OpenKeychain, playState, states } from '../security/keychain-states.ts';
import type { SourcePlant } from '../source-plant.ts';

const entry = 'electron/shell/keychain.ts';
const store = 'electron/accounts/sealed-secrets.ts';
const standIn = pathToFileURL(join(import.meta.dirname, '..', 'security', 'electron-keyring.ts')).href;

const plants: readonly SourcePlant[] = [
  {
    name: 'a keyring with a printed password counts as one',
    file: entry,
    from: "safeStorage.getSelectedStorageBackend() !== 'basic_text'",
    to: 'true',
  },
  {
    name: 'a file that cannot be read is written over',
    file: store,
    from: "found === 'unreadable' ? await putAside() : found",
    to: "found === 'unreadable' ? {} : found",
  },
  {
    name: 'two changes at once',
    file: store,
    from: 'const turn = last.then(',
    to: 'const turn = Promise.resolve().then(',
  },
  { name: 'what is stale stays sealed by the old key', file: store, from: 'if (isStale)', to: 'if (false)' },
  {
    name: 'what is not opened counts as missing',
    file: store,
    from: "log.warn('keychain.unsealed', { reason: reasonOf(error) });\n      return 'unreadable';",
    to: "return 'missing';",
  },
  {
    name: 'a secret of another account is given',
    file: store,
    from: 'if (appid !== owner.appid || purpose !== owner.purpose)',
    to: 'if (false)',
  },
];

async function wrongOf(plant: SourcePlant | undefined): Promise<readonly string[]> {
  const { createKeychain } = await importPlanted(entry, plant, { electron: standIn });
  const wrong: string[] = [];
  // One after the other: there is one keyring, as in the system.
  for (const state of states) wrong.push(...(await playState(state, createKeychain as OpenKeychain))); // as exported there
  return wrong;
}

async function run({ say }: FaultOptions): Promise<FaultResult> {
  const wrong = await wrongOf(undefined);
  for (const one of wrong) say(one);
  const failed = states.filter(({ name }) => wrong.some((one) => one.startsWith(`${name}:`))).length;
  const bites: Bite[] = [];
  for (const plant of plants) {
    const found = await wrongOf(plant);
    say(`planted: ${plant.name} → ${found[0] ?? 'nothing was noticed'}`);
    bites.push({ name: plant.name, caught: found.length > 0 });
  }
  return {
    figure: `${states.length - failed} of ${states.length} states of the keychain: no secret in a file, none lost, the program usable`,
    ok: wrong.length === 0,
    bites,
  };
}

export const row: FaultRow = { id: 'S7', title: 'the keychain in each of its states', run };
