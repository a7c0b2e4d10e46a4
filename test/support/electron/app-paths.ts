import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { options } from './options.ts';

function switchValue(name: string): string | undefined {
  const prefix = `--${name}=`;
  return options.args.find((arg) => arg.startsWith(prefix))?.slice(prefix.length);
}

/** STANDIN_HOME puts everything under one folder, so that a test touches nothing of the person's. */
function home(): string {
  return process.env['STANDIN_HOME'] ?? os.homedir();
}

function appData(): string {
  const whole = process.env['STANDIN_HOME'] === undefined;
  if (process.platform === 'darwin') return path.join(home(), 'Library', 'Application Support');
  if (process.platform === 'win32') return (whole && process.env['APPDATA']) || path.join(home(), 'AppData', 'Roaming');
  return (whole && process.env['XDG_CONFIG_HOME']) || path.join(home(), '.config');
}

function defaultPath(name: string, appName: string): string {
  const folders: Record<string, string> = {
    desktop: 'Desktop',
    documents: 'Documents',
    downloads: 'Downloads',
    music: 'Music',
    pictures: 'Pictures',
    videos: 'Videos',
  };
  const folder = folders[name];
  if (folder) return path.join(home(), folder);
  if (name === 'home') return home();
  if (name === 'appData') return appData();
  if (name === 'temp') return os.tmpdir();
  if (name === 'exe' || name === 'module') return process.execPath;
  if (name === 'userData') return path.resolve(switchValue('user-data-dir') ?? path.join(appData(), appName));
  throw new Error(`Failed to get '${name}' path`);
}

/** app.getPath and app.setPath. */
export class AppPaths {
  readonly #set = new Map<string, string>();
  readonly #appName: () => string;

  constructor(appName: () => string) {
    this.#appName = appName;
  }

  get(name: string): string {
    const found = this.#set.get(name) ?? this.#derived(name) ?? defaultPath(name, this.#appName());
    if (name === 'userData' || name === 'logs') fs.mkdirSync(found, { recursive: true });
    return found;
  }

  set(name: string, folder: string): void {
    if (!path.isAbsolute(folder)) throw new Error('Path must be absolute');
    this.#set.set(name, folder);
  }

  #derived(name: string): string | undefined {
    if (name === 'logs') return path.join(this.get('userData'), 'logs');
    if (name === 'sessionData') return this.get('userData');
    return name === 'crashDumps' ? path.join(this.get('userData'), 'Crashpad') : undefined;
  }
}
