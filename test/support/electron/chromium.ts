import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DevTools } from './devtools.ts';
import { findChromium } from './find-chromium.ts';
import { options } from './options.ts';

const PROFILE_PREFIX = 'electron-stand-in-';
const QUIET_FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-default-apps',
  // No bar that warns a person of these very flags.
  '--test-type',
  '--disable-extensions',
  '--disable-dev-shm-usage',
  '--disable-back-forward-cache',
  '--disable-search-engine-choice-screen',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-startup-window',
  // Frames of every origin stay in their page's process, so that one DevTools session sees them all.
  '--disable-site-isolation-trials',
  '--password-store=basic',
  '--use-mock-keychain',
  '--force-color-profile=srgb',
  // The app's pages live under names that must never be looked up (schemes.ts).
  '--host-resolver-rules=MAP *.invalid ~NOTFOUND',
];
const DISABLED_FEATURES = [
  'IsolateOrigins',
  'site-per-process',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'Translate',
  'MediaRouter',
  'OptimizationHints',
  // Pages of the address bar, loaded beforehand; no window here has one, and they cost as much as the app's own page.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A killed stand-in cannot tidy up; the next one removes the profiles of processes that are no more. */
function sweepProfiles(): void {
  for (const name of fs.readdirSync(os.tmpdir())) {
    if (!name.startsWith(PROFILE_PREFIX)) continue;
    const owner = Number(name.slice(PROFILE_PREFIX.length).split('-')[0]);
    if (owner > 0 && !alive(owner)) removeProfile(path.join(os.tmpdir(), name));
  }
}

function removeProfile(folder: string): void {
  try {
    // Chromium's children may still be writing for a moment after it has ended.
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  } catch {
    // Left for the next start's sweep.
  }
}

/** Chromium honours only the last --disable-features, so all are joined into one. */
function joinFeatures(flags: string[]): string[] {
  const prefix = '--disable-features=';
  const features = flags
    .filter((flag) => flag.startsWith(prefix))
    .flatMap((flag) => flag.slice(prefix.length).split(','));
  const rest = flags.filter((flag) => !flag.startsWith(prefix));
  return [...rest, `${prefix}${[...new Set([...DISABLED_FEATURES, ...features])].join(',')}`];
}

export class Chromium {
  readonly devtools: DevTools;
  readonly process: ChildProcess;
  readonly #binary: string;
  readonly #profile: string;
  #ended: Promise<void>;

  constructor(binary: string, profile: string, child: ChildProcess) {
    const [, , , write, read] = child.stdio;
    if (!write || !read || !('write' in write) || !('read' in read))
      throw new Error('Chromium was started without pipes');
    this.devtools = new DevTools(write as NodeJS.WritableStream as never, read as never);
    this.process = child;
    this.#binary = binary;
    this.#profile = profile;
    this.#ended = new Promise((resolve) => child.once('exit', () => resolve()));
  }

  /** Ends Chromium in good order, then removes its profile. */
  async close(): Promise<void> {
    this.devtools.tell('Browser.close');
    const impatient = setTimeout(() => this.process.kill('SIGKILL'), 5000);
    await this.#ended;
    clearTimeout(impatient);
    removeProfile(this.#profile);
  }

  /** The last resort, from the exit event, where nothing may be awaited. */
  kill(): void {
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill('SIGKILL');
    removeProfile(this.#profile);
  }

  /**
   * Opens a window without a browser's frame. Only the command line can: a second start with the same profile hands
   * its line to the running browser and ends.
   */
  openAppWindow(url: string, size: { width: number; height: number }): void {
    const flags = [`--app=${url}`, `--window-size=${size.width},${size.height}`, `--user-data-dir=${this.#profile}`];
    const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    spawn(this.#binary, [...flags, ...root, ...options.switches], { stdio: 'ignore' });
  }
}

/** Passes on the one line of Chromium's stderr that Playwright waits for; the rest is noise about D-Bus and GPUs. */
function announceDebugger(child: ChildProcess): void {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    if (process.env['STANDIN_CHROMIUM_LOG'] === '1') process.stderr.write(chunk);
    text = (text + chunk.toString('utf8')).slice(-4000);
    const line = /DevTools listening on ws:\S+(?=\s)/.exec(text);
    if (!line) return;
    text = '';
    process.stderr.write(`\n${line[0]}\n`);
  });
}

export async function startChromium(appSwitches: string[]): Promise<Chromium> {
  const binary = await findChromium();
  sweepProfiles();
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), `${PROFILE_PREFIX}${process.pid}-`));
  const flags = joinFeatures([...QUIET_FLAGS, ...options.switches, ...appSwitches]);
  // With the pipe Chromium ends by itself when this process is gone, even by SIGKILL. Playwright needs the port besides.
  flags.push('--remote-debugging-pipe', `--user-data-dir=${profile}`);
  if (options.headless) flags.push('--headless', '--disable-gpu');
  if (process.getuid?.() === 0) flags.push('--no-sandbox');
  if (options.debuggingPort !== undefined) flags.push(`--remote-debugging-port=${options.debuggingPort}`);
  const child = spawn(binary, flags, { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] });
  announceDebugger(child);
  const chromium = new Chromium(binary, profile, child);
  child.once('error', (error) => process.stderr.write(`${binary}: ${error.message}\n`));
  await chromium.devtools.send('Browser.getVersion');
  return chromium;
}
