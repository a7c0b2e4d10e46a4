import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { createApp } from '../../../electron/app.ts';
import type { FileTokens } from '../../../electron/files/file-tokens.ts';
import type { createFileLog } from '../../../electron/shell/file-log.ts';
import type { createKeychain } from '../../../electron/shell/keychain.ts';
import { systemClock } from '../../../electron/support/clock.ts';
import { setUpChannel } from '../../../relay/channel-setup.ts';
import { startRelay } from '../../../relay/relay-server.ts';
import { openSqliteStore } from '../../../relay/store/sqlite-store.ts';
import { contract, type OperationName } from '../../../shared/contract/contract.ts';
import { soundRequests } from '../../support/operation-requests.ts';
import { importPlanted } from '../planted-import.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';
import { filesWith, isIn } from '../security/clothes.ts';
import { keyring, newKey } from '../security/electron-keyring.ts';
import { startLooseTongue } from '../security/loose-tongue.ts';
import { biteAll, type Played } from '../security/plays.ts';
import type { SourcePlant } from '../source-plant.ts';

const samples = join(import.meta.dirname, '..', '..', '..', 'resources', 'samples');
const keyringModule = new URL('../security/electron-keyring.ts', import.meta.url).href;
const appSecret = 'c0ffee00c0ffee00c0ffee00c0ffee00';
const shortRounds = 1;
const longRounds = 12;
/** They would take the account's secrets away or put others in their place. */
const untouched: ReadonlySet<OperationName> = new Set([
  'credentials.clear',
  'credentials.save',
  'relay.pair',
  'relay.unpair',
  'relay.rotateKey',
  'relay.setRoute',
  'account.create',
  'backup.restore',
]);
/** Enough to see a defect. */
const fewNames: readonly OperationName[] = [
  'account.check',
  'platform.obtainId',
  'logo.upload',
  'pdf.upload',
  'pdf.query',
  'code.decrypt',
  'template.create',
  'merchant.readContact',
];

const allNames = (Object.keys(contract) as OperationName[]).filter((name) => !untouched.has(name)); // the contract's own keys

const entryFile = 'electron/app.ts';

async function openRelay(folder: string) {
  const store = openSqliteStore(join(folder, 'relay.db'));
  const nothing = () => {};
  const relay = await startRelay({
    store,
    log: { info: nothing, warn: nothing, error: nothing },
    port: 0,
    host: '127.0.0.1',
  });
  const url = `http://127.0.0.1:${relay.port}`;
  const words = await setUpChannel(store, { url, forwardUrl: null, mode: 'safe' }, Date.now());
  return {
    words,
    async close() {
      await relay.close();
      await store.close();
    },
  };
}

/** The sound requests, with files that exist where they name some. */
async function requestsOf(files: FileTokens, exports: string) {
  const token = async (path: string) => {
    const admitted = await files.admit(path);
    return admitted.ok ? admitted.value.token : '';
  };
  const target = await files.admitTarget(join(exports, 'out.csv'));
  const pdf = await token(join(samples, 'pdf', '031002600111-00412080.pdf'));
  const table = await token(join(samples, '发票.csv'));
  const folder = join(exports, 'pdfs');
  mkdirSync(folder);
  for (const name of readdirSync(join(samples, 'pdf')).slice(0, 3))
    copyFileSync(join(samples, 'pdf', name), join(folder, name));
  const pdfs = await token(folder);
  return (name: OperationName): unknown =>
    JSON.parse(
      JSON.stringify(soundRequests[name])
        .replaceAll('"table":"file_AAAAAAAAAAAAAAAA"', `"table":"${table}"`)
        .replaceAll('file_AAAAAAAAAAAAAAAA', pdf)
        .replaceAll('folder_AAAAAAAAAAAAAAAA', pdfs)
        .replaceAll('save_AAAAAAAAAAAAAAAA', target.ok ? target.value : ''),
    );
}

async function play(plant: SourcePlant | undefined, rounds: number, names: readonly OperationName[]): Promise<Played> {
  const folder = mkdtempSync(join(tmpdir(), 'fapiao-canaries-'));
  const relayFolder = mkdtempSync(join(tmpdir(), 'fapiao-relay-'));
  const dataFolder = join(folder, 'data');
  const exports = join(folder, 'exports');
  mkdirSync(exports);
  Object.assign(keyring, { backend: 'gnome_libsecret', state: 'up', keys: [newKey()], isSealingBroken: false });
  const wechat = await startLooseTongue();
  const relay = await openRelay(relayFolder);
  try {
    const at = (source: string) =>
      importPlanted(source, plant?.file === source ? plant : undefined, { electron: keyringModule });
    const program = await importPlanted(entryFile, plant?.file.startsWith('electron/shell') ? undefined : plant);
    const shell = { ...(await at('electron/shell/keychain.ts')), ...(await at('electron/shell/file-log.ts')) };
    const log = (shell['createFileLog'] as typeof createFileLog)(join(dataFolder, 'logs', 'main.log')); // as exported, these three
    const told: unknown[] = [];
    const created = (program['createApp'] as typeof createApp)({
      dataFolder,
      version: '0.0.0-test',
      program: 'test',
      secrets: (shell['createKeychain'] as typeof createKeychain)(join(dataFolder, 'secrets.json'), log),
      clock: systemClock,
      log,
      emit: (name, payload) => void told.push(name, payload),
      timeouts: { connectMs: 3000 },
      repeatWaits: [],
      resourcesFolder: join(samples, '..'),
    });
    if (!created.ok) throw new Error(created.error.code);
    const app = created.value;
    const call = async (name: OperationName, input: unknown) => void told.push(name, await app.call(name, input));
    await call('account.create', { name: '云杉', kind: 'wechat', appid: 'wx0123456789abcdef', baseUrl: wechat.url });
    await call('credentials.save', { accountId: 1, appSecret });
    await call('relay.pair', { accountId: 1, pairingCode: relay.words.pairingCode });
    await call('template.create', soundRequests['template.create']);
    const requestOf = await requestsOf(app.files, exports);
    let cases = 0;
    for (let round = 0; round < rounds; round += 1)
      for (const name of names) {
        await call(name, requestOf(name));
        cases += 1;
      }
    await app.stopWork();
    const { key, token, encodingAesKey } = pairedWords(relay.words.pairingCode);
    const secrets = { AppSecret: appSecret, 'relay key': key, Token: token, EncodingAESKey: encodingAesKey };
    const all = [...Object.entries(secrets), ...[...wechat.tokens].map((one) => ['access_token', one] as const)];
    const said = Buffer.from(JSON.stringify(told));
    const wrong = all.flatMap(([name, secret]) => [
      ...filesWith(folder, secret).map((file) => `${name} in ${relative(folder, file)}`),
      ...(isIn(said, secret) ? [`${name} in an answer or an event: ${around(said.toString(), secret)}`] : []),
      ...(process.argv.join(' ').includes(secret) ? [`${name} among the arguments`] : []),
    ]);
    await app.close();
    if (wechat.tokens.size === 0) wrong.push('no token was ever given');
    return { cases, wrong };
  } finally {
    await relay.close();
    await wechat.close();
    rmSync(folder, { recursive: true, force: true });
    rmSync(relayFolder, { recursive: true, force: true });
  }
}

function around(text: string, secret: string): string {
  const at = text.indexOf(secret);
  return at < 0 ? 'in other clothes' : text.slice(Math.max(0, at - 160), at);
}

function pairedWords(pairingCode: string): {
  readonly key: string;
  readonly token: string;
  readonly encodingAesKey: string;
} {
  // As the relay wrote it.
  return JSON.parse(Buffer.from(pairingCode.split('.')[1] ?? '', 'base64url').toString('utf8')) as ReturnType<
    typeof pairedWords
  >;
}

const plants: readonly SourcePlant[] = [
  {
    name: 'an errmsg is told as it came',
    file: 'electron/wechat/answer.ts',
    from: "typeof errmsg === 'string' ? redact(errmsg, secrets) : ''",
    to: "typeof errmsg === 'string' ? errmsg : ''",
  },
  {
    name: 'a body that is not understood is shown as it came',
    file: 'electron/wechat/failures.ts',
    from: 'redact(body, secrets)',
    to: 'body',
  },
  {
    name: 'the token is logged',
    file: 'electron/wechat/access-token.ts',
    from: "outcome: 'ok', isForced, expiresInSeconds",
    to: "outcome: 'ok', isForced, expiresInSeconds, value",
  },
];

async function run({ long, say }: FaultOptions): Promise<FaultResult> {
  const { cases, wrong } = await play(undefined, long ? longRounds : shortRounds, allNames);
  for (const one of new Set(wrong)) say(one.slice(0, 400));
  return {
    figure: `${cases} operations against a WeChat that tells all it hears: ${wrong.length} times a secret in a file, an answer, an event or the log`,
    ok: wrong.length === 0,
    bites: await biteAll(plants, (plant) => play(plant, 4, fewNames), say),
  };
}

export const row: FaultRow = { id: 'S6', title: 'secrets are found nowhere, whatever fails', run };
