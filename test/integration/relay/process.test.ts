import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { readPairingCode } from '../../../electron/accounts/pairing-code.ts';
import { createRelayClient } from '../../../electron/feed/relay-client.ts';
import { freePort } from '../../support/free-port.ts';
import { safePush, statusMessage } from '../../support/safe-push.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

const main = join(import.meta.dirname, '..', '..', '..', 'relay', 'main.ts');

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** One command of the relay, as somebody types it. */
function relay(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

/** `serve`, once it says that it has started. */
async function serve(store: string, port: number) {
  const child = spawn(process.execPath, [main, 'serve', '--store', store, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  await once(reader, 'line');
  return { child, lines };
}

const lineOf = (text: string, name: string) => new RegExp(`${name}\\s+(\\S+)`).exec(text)?.[1] ?? '';
const codesIn = (text: string) => /fapiao-relay-1\.[\w-]+/.exec(text)?.[0] ?? '';

test('set up, run, read and left, by its commands alone', async () => {
  const folder = createTempFolder();
  const store = `sqlite:${join(folder, 'relay.db')}`;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { out, code } = await relay('init', '--store', store, '--url', `${url}/`, '--samples', join(folder, 'deploy'));
  expect(code).toBe(0);
  expect(readdirSync(join(folder, 'deploy')).toSorted()).toEqual(['Caddyfile', 'Dockerfile', 'fapiao-relay.service']);
  const words = { token: lineOf(out, 'Token'), encodingAesKey: lineOf(out, 'EncodingAESKey') };
  const pairing = readPairingCode(codesIn(out));
  if (!pairing.ok) throw new Error(pairing.error);
  expect(pairing.value).toMatchObject({ url, ...words });

  const { child, lines } = await serve(store, port);
  const { query, body } = safePush(words, statusMessage('1', 'INVOICE_REIMBURSE_LOCK', 1));
  const taken = await request(`${lineOf(out, 'URL')}?${query}`, { method: 'POST', body, reset: true });
  expect(await taken.body.text()).toBe('success');

  const { channel } = pairing.value;
  const second = await relay(
    'pair',
    '--store',
    store,
    '--url',
    url,
    '--channel',
    channel,
    '--aes-key',
    words.encodingAesKey,
  );
  const other = readPairingCode(codesIn(second.out));
  if (!other.ok) throw new Error(other.error);
  const client = createRelayClient(other.value);
  onTestFinished(() => client.close());
  expect(await client.page('', 0)).toMatchObject({ ok: true, value: { pushes: [{ body }] } });
  const device = await client.channel();
  if (!device.ok) throw new Error(device.error.code);
  const listed = await relay('channels', '--store', store);
  expect(listed.out).toContain(`${channel}  safe`);
  expect(listed.out).toContain(device.value.device);
  expect(listed.out).not.toContain(words.token);
  expect((await relay('forget', device.value.device, '--store', store)).code).toBe(0);
  expect(await client.channel()).toMatchObject({ ok: false, error: { code: 'relay.unauthorised' } });
  expect((await relay('forget', device.value.device, '--store', store)).code).toBe(1);

  child.kill('SIGTERM');
  const [ended] = await once(child, 'exit');
  expect(ended).toBe(0);
  expect(lines.at(-1)).toContain('relay.stopped');
  for (const secret of [words.token, words.encodingAesKey, pairing.value.key, body.slice(80, 120)])
    expect(lines.join('\n')).not.toContain(secret);
});

test.each([
  [['init'], '--url has to be an address'],
  [['init', '--url', 'http://relay.example.com'], '--url has to begin with https://'],
  [['init', '--url', 'https://relay.example.com', '--forward', 'nowhere'], '--forward has to be an address'],
  [['serve', '--port', 'x'], '--port has to be a number'],
  [['pair', '--url', 'https://relay.example.com', '--channel', 'none'], 'there is no such channel'],
  [['--colour'], "Unknown option '--colour'"],
])('%j is refused with a sentence', async (args, sentence) => {
  const store = `sqlite:${join(createTempFolder(), 'relay.db')}`;
  const { code, err } = await relay(...args, '--store', store);
  expect(code).toBe(1);
  expect(err).toContain(sentence);
  expect(err).not.toContain('    at ');
});

test('without a command it says what there is', async () => {
  const { code, out } = await relay();
  expect(code).toBe(2);
  expect(out).toContain('init --url');
});
