import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { createEnvironmentSecretStore } from '../../../electron/accounts/secret-store.ts';
import { type App, createApp } from '../../../electron/app.ts';
import { databaseIn } from '../../../electron/records/backup-files.ts';
import type { registerOperations } from '../../../electron/shell/register-operations.ts';
import { createMemoryLog } from '../../../electron/support/log.ts';
import { contract, type OperationName } from '../../../shared/contract/contract.ts';
import { createManualClock } from '../../support/app-clock.ts';
import { soundRequests } from '../../support/operation-requests.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';
import { registered } from '../security/electron-shell.ts';
import { oddInputs } from '../security/odd-inputs.ts';
import { biteAll, importShell, type Played } from '../security/plays.ts';
import type { SourcePlant } from '../source-plant.ts';

const shortForm = 60;
const longForm = 10_000;
const parsing = 'electron/operations/run-operation.ts';
const entry = 'electron/shell/register-operations.ts';
const names = Object.keys(contract) as OperationName[]; // the contract's own keys

const page = { url: 'app://bundle/index.html', parent: null };
const trusted = { senderFrame: page };
/** Frames that may ask nothing. */
const strangers = [
  { senderFrame: null },
  { senderFrame: { ...page, parent: page } },
  ...[
    'data:text/html,x',
    'about:blank',
    'about:srcdoc',
    'https://bundle/',
    'app://bundle.evil/',
    'app://other/',
    'app:bundle',
    'file:///x',
    'blob:app://bundle/x',
    '',
  ].map((url) => ({ senderFrame: { url, parent: null } })),
];

/** What an answer must not tell. */
const leaks = /\bat .+:\d+:\d+|node_modules|\/home\/|\/tmp\/|[A-Z]:\\\\|the-secret-of-the-shop/;

interface Stage {
  readonly app: App;
  readonly folder: string;
  /** Of the database: it changes with each commit of anybody. */
  version(): unknown;
  close(): Promise<void>;
}

type Create = typeof createApp;

function openStage(create: Create): Stage {
  const folder = mkdtempSync(join(tmpdir(), 'fapiao-ipc-'));
  const created = create({
    dataFolder: folder,
    version: '0.0.0-test',
    program: 'test',
    secrets: createEnvironmentSecretStore({ FAPIAO_APP_SECRET: 'the-secret-of-the-shop-0123456789' }),
    clock: createManualClock(),
    log: createMemoryLog(),
    emit: () => {},
  });
  if (!created.ok) throw new Error(created.error.code);
  const app = created.value;
  const watching = new BetterSqlite3(databaseIn(folder), { readonly: true });
  return {
    app,
    folder,
    version: () => watching.pragma('data_version', { simple: true }),
    async close() {
      watching.close();
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Answer = { readonly ok?: boolean; readonly error?: { readonly code?: string } };

const ask = (name: string, event: object, input: unknown) =>
  Promise.resolve()
    .then(() => registered.handlers.get(`operation:${name}`)?.(event, input) as Promise<Answer>) // what app.call gives
    .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));

async function askOddly(stage: Stage, name: OperationName, inputs: readonly unknown[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  const before = stage.version();
  for (const input of inputs) {
    const answer = await ask(name, trusted, structuredClone(input));
    if (answer instanceof Error) wrong.push(`${name} threw: ${answer.message}`);
    else if (answer.ok !== false || answer.error?.code !== 'input.invalid')
      wrong.push(`${name} took what does not fit: ${JSON.stringify(answer).slice(0, 80)}`);
    else if (leaks.test(JSON.stringify(answer))) wrong.push(`${name} told too much`);
  }
  if (stage.version() !== before) wrong.push(`${name} wrote`);
  return wrong;
}

async function askAsStrangers(name: OperationName): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const event of strangers) {
    const answer = await ask(name, event, soundRequests[name]);
    if (!(answer instanceof Error)) wrong.push(`${name} answers ${event.senderFrame?.url ?? 'a frame that is gone'}`);
    else if (leaks.test(answer.message)) wrong.push(`${name} told a stranger too much`);
  }
  return wrong;
}

const muchText = 'x'.repeat(33 * 1024 * 1024);
const muchBytes = new Uint8Array(33 * 1024 * 1024);

async function askTooMuch(name: OperationName): Promise<readonly string[]> {
  const itself: Record<string, unknown> = {};
  itself['x'] = itself;
  const wrong: string[] = [];
  for (const input of [muchText, muchBytes]) {
    const answer = await ask(name, trusted, { x: input });
    if (answer instanceof Error || answer.error?.code !== 'input.too-much') wrong.push(`${name} took too much`);
  }
  const answer = await ask(name, trusted, itself);
  if (answer instanceof Error || answer.ok !== false) wrong.push(`${name} took what contains itself`);
  return wrong;
}

async function play(
  plant: SourcePlant | undefined,
  seed: number,
  count: number,
  asked: readonly OperationName[],
): Promise<Played> {
  const isInside = plant?.file === parsing;
  const inside = isInside ? await importShell('electron/app.ts', plant) : { createApp };
  const stage = openStage(inside['createApp'] as Create); // as exported there
  try {
    registered.handlers.clear();
    const module = await importShell(entry, isInside ? undefined : plant);
    (module['registerOperations'] as typeof registerOperations)(stage.app);
    const wrong: string[] = [];
    let cases = 0;
    for (const name of asked) {
      const inputs = oddInputs(name, count, seed);
      cases += inputs.length + strangers.length + 3;
      wrong.push(
        ...(await askOddly(stage, name, inputs)),
        ...(await askAsStrangers(name)),
        ...(await askTooMuch(name)),
      );
    }
    for (const path of [undefined, '', 5, {}, ['/etc/passwd']]) {
      const answer = (await registered.handlers.get('file:admit')?.(trusted, path)) as Answer; // as registered there
      if (answer.ok !== false) wrong.push(`file:admit took ${JSON.stringify(path)}`);
    }
    return { cases, wrong };
  } finally {
    await stage.close();
  }
}

const plants: readonly SourcePlant[] = [
  {
    name: 'nobody asks who is calling',
    file: entry,
    from: 'if (!isTrustedSender(event)) throw',
    to: 'if (false) throw',
  },
  { name: 'a frame inside the page may call', file: entry, from: '|| senderFrame.parent !== null', to: '' },
  {
    name: 'the caller is looked at by the beginning of its address',
    file: entry,
    from: 'return url !== null &&',
    to: "return senderFrame.url.startsWith('app:') || url !== null &&",
  },
  {
    name: 'the input is not parsed',
    file: parsing,
    from: 'if (!parsed.success)',
    to: 'if (false)',
  },
  { name: 'any size is taken', file: entry, from: 'if (isTooMuch(name, input))', to: 'if (false)' },
];

async function run({ long, seed, say }: FaultOptions): Promise<FaultResult> {
  const { cases, wrong } = await play(undefined, seed, long ? longForm : shortForm, names);
  for (const one of wrong.slice(0, 20)) say(one);
  return {
    figure: `${names.length} operations, ${cases} calls that are not allowed: ${wrong.length} taken, thrown or told too much`,
    ok: wrong.length === 0 && cases > names.length * 20,
    bites: await biteAll(plants, (plant) => play(plant, seed, 5, names.slice(0, 10)), say),
  };
}

export const row: FaultRow = { id: 'S3', title: 'every operation, asked wrongly and by strangers', run };
