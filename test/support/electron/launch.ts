// The program behind the `electron` script: reads Electron's command line, replaces the module, runs the app's script.
import fs from 'node:fs';
import inspector from 'node:inspector';
import { createRequire, registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { decideHeadless, options } from './options.ts';

type CommandLine = { main: string | undefined; required: string[]; inspect: string | undefined };

/** Switches before the app's path are Chromium's or Node's; what follows is the app's alone. */
function parse(args: string[]): CommandLine {
  const parsed: CommandLine = { main: undefined, required: [], inspect: undefined };
  const left = [...args];
  for (let arg = left.shift(); arg !== undefined && parsed.main === undefined; arg = left.shift()) {
    if (arg === '-r' || arg === '--require') parsed.required.push(left.shift() ?? '');
    else if (arg.startsWith('--inspect')) parsed.inspect = arg;
    else if (arg.startsWith('--remote-debugging-port=')) options.debuggingPort = arg.split('=')[1];
    else if (!arg.startsWith('--')) parsed.main = arg;
    // The user-data folder is the app's; Chromium gets one of its own.
    else if (!arg.startsWith('--user-data-dir=') && arg !== '--headless') options.switches.push(arg);
    if (parsed.main !== undefined) break;
  }
  return parsed;
}

function resolveMain(given: string): string {
  const full = path.resolve(given);
  const isFolder = fs.statSync(full).isDirectory();
  options.appPath = isFolder ? full : path.dirname(full);
  if (!isFolder) return full;
  const manifest = JSON.parse(fs.readFileSync(path.join(full, 'package.json'), 'utf8')) as { main?: string };
  return path.join(full, manifest.main ?? 'index.js');
}

function looksLikeElectron(): void {
  const ownVersion = createRequire(import.meta.url)('electron/package.json') as { version: string };
  const versions = { electron: ownVersion.version, chrome: 'stand-in' };
  for (const [name, value] of Object.entries(versions)) {
    Object.defineProperty(process.versions, name, { value, enumerable: true, configurable: true });
  }
  const resourcesPath = path.join(options.appPath, 'resources');
  Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath });
  process.argv = [process.execPath, ...options.args];
}

function replaceModule(): void {
  const url = new URL('./electron.ts', import.meta.url).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      /^electron(\/(main|common))?$/.test(specifier) ? { url, shortCircuit: true } : next(specifier, context),
  });
}

/** Playwright waits for the line that this prints, and speaks to the app through it. */
function openInspector(flag: string): void {
  const [, port = '9229'] = flag.split('=');
  inspector.open(Number(port.split(':').at(-1)), '127.0.0.1');
  if (flag.startsWith('--inspect-brk')) inspector.waitForDebugger();
}

async function run(): Promise<void> {
  const args = process.argv.slice(2);
  options.args = args;
  const { main, required, inspect } = parse(args);
  if (!main) throw new Error('usage: electron [switches] <folder of the app or its main script> [arguments]');
  options.headless = decideHeadless(args, options.debuggingPort !== undefined);
  const script = resolveMain(main);
  looksLikeElectron();
  replaceModule();
  if (inspect) openInspector(inspect);
  const require = createRequire(path.join(options.appPath, 'package.json'));
  for (const file of required) require(path.resolve(file));
  const { quitOnSignals, startSoon } = await import('./start.ts');
  quitOnSignals();
  await import(pathToFileURL(script).href);
  startSoon();
}

await run();
