import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { encodingAesKeySchema, mayCarryKey } from '../electron/accounts/pairing-code.ts';
import { keepHeapSmall } from '../electron/support/small-heap.ts';
import { addDevice, setUpChannel } from './channel-setup.ts';
import { openStore } from './open-store.ts';
import { startRelay } from './relay-server.ts';
import { sampleFiles } from './samples.ts';
import type { RelayStore } from './store/store.ts';

// It runs for months on the smallest machine there is to rent.
keepHeapSmall();

const usage = `fapiao-relay: receives WeChat's pushes for Fapiao Desk

  serve [--port 8787] [--host 127.0.0.1] [--trusted-proxies 0] [--rate 30]
      Runs the relay until it is told to stop.
  init --url https://relay.example.com [--forward https://old.example.com/push]
       [--plain] [--token TOKEN] [--aes-key KEY] [--samples FOLDER]
      Makes a channel for an account and prints what to enter in WeChat's console
      and in Fapiao Desk. --forward: the server that the account has now goes on
      getting every request. --samples: writes files for a container and systemd.
  pair --url URL --channel CHANNEL --aes-key KEY
      Prints a pairing code for another computer.
  channels
      Lists channels and the computers that read them.
  forget DEVICE
      Makes a computer's key void.

  --store sqlite:PATH | redis://HOST[:PORT]   (FAPIAO_RELAY_STORE; sqlite:./relay-data/relay.db)
`;

const options = {
  store: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  'trusted-proxies': { type: 'string' },
  rate: { type: 'string' },
  url: { type: 'string' },
  forward: { type: 'string' },
  plain: { type: 'boolean', default: false },
  token: { type: 'string' },
  'aes-key': { type: 'string' },
  channel: { type: 'string' },
  samples: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

function readArguments() {
  return parseArgs({ options, allowPositionals: true });
}
type Arguments = ReturnType<typeof readArguments>;
type Values = Arguments['values'];

const write = (text: string) => void process.stdout.write(`${text}\n`);

function wholeNumber(text: string | undefined, usual: number, name: string): number {
  if (text === undefined) return usual;
  if (!/^\d{1,6}$/.test(text)) throw new Error(`--${name} has to be a number`);
  return Number(text);
}

/** An address without a slash at its end. @throws Error where it is none, or not https */
function publicUrl(text: string | undefined, name: string): string {
  if (text === undefined || !URL.canParse(text)) throw new Error(`--${name} has to be an address, https://…`);
  if (!mayCarryKey(text)) throw new Error(`--${name} has to begin with https://`);
  return text.replace(/\/+$/, '');
}

async function serve(store: RelayStore, values: Values): Promise<void> {
  const log = pino({ base: null, redact: ['authorization', 'key', 'token', 'body'] });
  const { env } = process;
  const rate = wholeNumber(values.rate, 30, 'rate');
  const relay = await startRelay({
    store,
    log,
    port: wholeNumber(values.port ?? env['FAPIAO_RELAY_PORT'], 8787, 'port'),
    host: values.host ?? env['FAPIAO_RELAY_HOST'] ?? '127.0.0.1',
    trustedProxies: wholeNumber(values['trusted-proxies'], 0, 'trusted-proxies'),
    limits: { perSecond: rate, burst: rate * 2 },
  });
  log.info({ port: relay.port, pid: process.pid }, 'relay.started');
  const stop = async (signal: string) => {
    log.info({ signal }, 'relay.stopping');
    await relay.close();
    await store.close();
    log.info({}, 'relay.stopped');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));
}

async function init(store: RelayStore, values: Values): Promise<void> {
  const url = publicUrl(values.url, 'url');
  const encodingAesKey = values['aes-key'] === undefined ? undefined : encodingAesKeySchema.parse(values['aes-key']);
  const words = await setUpChannel(
    store,
    {
      url,
      forwardUrl: values.forward === undefined ? null : publicUrl(values.forward, 'forward'),
      mode: values.plain ? 'plain' : 'safe',
      token: values.token,
      encodingAesKey,
    },
    Date.now(),
  );
  write(`WeChat's console, 消息与事件推送 / message push:
  URL             ${words.pushUrl}
  Token           ${words.token}
  EncodingAESKey  ${words.encodingAesKey}
  ${values.plain ? '明文模式 / plain mode' : '安全模式 / safe mode'}, XML

Fapiao Desk, Settings → Relay, pairing code (a secret; the relay cannot show it again):
  ${words.pairingCode}

Channel ${words.channel}. The relay has to be running and reached at ${url} before the console takes the URL.`);
  if (values.samples === undefined) return;
  mkdirSync(values.samples, { recursive: true });
  for (const [name, content] of Object.entries(sampleFiles(url))) writeFileSync(join(values.samples, name), content);
  write(`\nSample files: ${values.samples}`);
}

async function pair(store: RelayStore, values: Values): Promise<void> {
  const url = publicUrl(values.url, 'url');
  const channel = await store.findChannel(values.channel ?? '');
  if (!channel) throw new Error('there is no such channel; the command "channels" lists them');
  const encodingAesKey = encodingAesKeySchema.parse(values['aes-key']);
  write(await addDevice(store, { url, channel: channel.id, token: channel.token, encodingAesKey }, Date.now()));
}

async function list(store: RelayStore): Promise<void> {
  for (const { id, mode, forwardUrl } of await store.listChannels()) {
    write(`${id}  ${mode}${forwardUrl === null ? '' : `  → ${new URL(forwardUrl).host}`}`);
    for (const device of await store.listDevices(id))
      write(`  ${device.id}  read last ${new Date(device.seenAt).toISOString()}`);
  }
}

async function forget(store: RelayStore, device: string | undefined): Promise<void> {
  const isGone = device !== undefined && (await store.forgetDevice(device));
  if (!isGone) throw new Error('there is no such device; the command "channels" lists them');
  write(`${device} can read nothing any more.`);
}

async function run({ values, positionals }: Arguments): Promise<void> {
  const [command, subject] = positionals;
  const commands = {
    serve: (store: RelayStore) => serve(store, values),
    init: (store: RelayStore) => init(store, values),
    pair: (store: RelayStore) => pair(store, values),
    channels: (store: RelayStore) => list(store),
    forget: (store: RelayStore) => forget(store, subject),
  };
  const isKnown = command !== undefined && Object.hasOwn(commands, command);
  if (values.help || !isKnown) {
    write(usage);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const address = values.store ?? process.env['FAPIAO_RELAY_STORE'] ?? 'sqlite:./relay-data/relay.db';
  const store = await openStore(address);
  // The keys of the object above.
  await commands[command as keyof typeof commands](store);
  if (command !== 'serve') await store.close();
}

try {
  await run(readArguments());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
