import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { freePort } from './free-port.ts';

const program = process.env['FAPIAO_REDIS_SERVER'] ?? 'redis-server';

async function answers(url: string): Promise<boolean> {
  const client = createClient({ url, socket: { reconnectStrategy: false, connectTimeout: 1000 } });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.close();
    return true;
  } catch {
    return false;
  }
}

export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A Redis of our own on a free port of this computer, with its data in a folder of its own.
 * @param settings what differs from what a relay wants
 */
export async function startRedis(settings: Readonly<Record<string, string>> = {}): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'fapiao-redis-'));
  const port = await freePort();
  const wanted = { appendonly: 'yes', appendfsync: 'always', save: '', ...settings };
  const flags = Object.entries(wanted).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(program, ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, ...flags], {
    stdio: 'ignore',
  });
  const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error));
  const url = `redis://127.0.0.1:${port}`;
  const ready = (async () => {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      if (await answers(url)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('the Redis did not start');
  })();
  await Promise.race([ready, failed]);
  return {
    url,
    async stop() {
      if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
