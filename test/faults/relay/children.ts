import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { request } from 'undici';
import type { RelayPlantName } from './plants.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** The relay's process, which can be looked at as well. */
export interface RelayChild extends FaultChild {
  readonly isAlive: () => boolean;
  /** What it has in memory, in megabytes. */
  residentMb(): Promise<number>;
}

export interface FaultChild {
  /** Ends it as a power cut would, with nothing said to it. */
  kill(): Promise<void>;
  /** Asks it to end. */
  stop(): Promise<void>;
}

function start(script: string, args: readonly string[], plant: RelayPlantName | undefined, env: NodeJS.ProcessEnv) {
  const hook = plant === undefined ? [] : ['--import', join(import.meta.dirname, 'plant-hook.ts')];
  return spawn(process.execPath, [...hook, join(root, script), ...args], {
    env: { ...process.env, ...env, ...(plant === undefined ? {} : { FAULT_PLANT: plant }) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

const toChild = (child: ChildProcess): FaultChild => ({
  kill: () => end(child, 'SIGKILL'),
  stop: () => end(child, 'SIGTERM'),
});

async function isHealthy(url: string): Promise<boolean> {
  try {
    const answer = await request(`${url}/healthz`, { reset: true, signal: AbortSignal.timeout(1000) });
    await answer.body.dump();
    return answer.statusCode === 200;
  } catch {
    return false;
  }
}

async function residentMb({ pid }: ChildProcess): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1024;
}

/** How it is run, where not from its source with one address that may ask as often as it likes. */
export interface RelayManner {
  readonly script?: string;
  readonly options?: readonly string[];
}

/** A relay in a process of its own, as it is deployed, once it answers. */
export async function startRelayProcess(
  store: string,
  port: number,
  plant: RelayPlantName | undefined,
  { script = 'relay/main.ts', options = ['--rate', '99999'] }: RelayManner = {},
): Promise<RelayChild> {
  const args = ['serve', '--store', store, '--port', String(port), ...options];
  const child = start(script, args, plant, {});
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 400 && child.exitCode === null; attempt += 1) {
    if (await isHealthy(url))
      return {
        ...toChild(child),
        isAlive: () => child.exitCode === null && child.signalCode === null,
        residentMb: () => residentMb(child),
      };
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await end(child, 'SIGKILL');
  throw new Error('the relay did not start');
}

/** The program in a process of its own, which does nothing but follow its relays, once it does. */
export async function startDesktopProcess(
  dataFolder: string,
  relaySecret: string,
  plant: RelayPlantName | undefined,
): Promise<FaultChild> {
  const child = start('test/faults/relay/child.ts', [dataFolder], plant, { FAULT_RELAY_SECRET: relaySecret });
  const died = once(child, 'exit').then(() => Promise.reject(new Error('the desktop did not start')));
  await Promise.race([once(child, 'message'), died]);
  died.catch(() => undefined);
  return toChild(child);
}
