import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { NativeImage, RelaunchOptions } from 'electron';
import { AppPaths } from './app-paths.ts';
import { CommandLine } from './command-line.ts';
import { APP_EVENTS } from './event-names.ts';
import { GuardedEmitter, preventable } from './guarded-emitter.ts';
import { lifecycle } from './lifecycle.ts';
import { pngImage } from './native-image.ts';
import { options } from './options.ts';
import { runningChromium } from './runtime.ts';
import { SingleInstance } from './single-instance.ts';
import { standInPath } from './stand-in-path.ts';
import { windows } from './windows.ts';

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

type Manifest = { name?: string; productName?: string; version?: string };

function readManifest(): Manifest {
  try {
    return JSON.parse(fs.readFileSync(path.join(options.appPath, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return {};
  }
}

class App extends GuardedEmitter {
  readonly isPackaged = false;
  readonly commandLine = new CommandLine();
  readonly #manifest = readManifest();
  readonly #paths = new AppPaths(() => this.getName());
  readonly #instance = new SingleInstance();
  readonly #ready = Promise.withResolvers<void>();
  #name: string | undefined;

  constructor() {
    super('app', APP_EVENTS);
    windows.hooks.created = (window) => {
      this.emit('web-contents-created', {}, window.webContents);
      this.emit('browser-window-created', {}, window);
    };
    windows.hooks.closed = () => this.#onWindowClosed();
    windows.hooks.focus = (name, window) => this.emit(name, {}, window);
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  isReady(): boolean {
    return lifecycle.ready;
  }

  getName(): string {
    return this.#name ?? this.#manifest.productName ?? this.#manifest.name ?? 'Electron';
  }

  setName(name: string): void {
    this.#name = name;
  }

  get name(): string {
    return this.getName();
  }

  set name(name: string) {
    this.setName(name);
  }

  getVersion(): string {
    return this.#manifest.version ?? '0.0.0';
  }

  getAppPath(): string {
    return options.appPath;
  }

  getLocale(): string {
    return process.env['STANDIN_LOCALE'] ?? 'zh-CN';
  }

  getSystemLocale(): string {
    return this.getLocale();
  }

  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()];
  }

  getPath(name: string): string {
    return this.#paths.get(name);
  }

  setPath(name: string, folder: string): void {
    this.#paths.set(name, folder);
  }

  setAppLogsPath(folder?: string): void {
    if (folder) this.setPath('logs', folder);
  }

  requestSingleInstanceLock(additionalData?: unknown): boolean {
    return this.#instance.acquire(this.getPath('userData'), additionalData, (argv, workingDirectory, data) => {
      this.emit('second-instance', {}, argv, workingDirectory, data);
    });
  }

  hasSingleInstanceLock(): boolean {
    return this.#instance.held;
  }

  releaseSingleInstanceLock(): void {
    this.#instance.release();
  }

  /** No system, no icon of its own: one pixel. */
  async getFileIcon(): Promise<NativeImage> {
    return pngImage(onePixel);
  }

  // Of the operating system, which the stand-in does not reach.
  focus(): void {}
  enableSandbox(): void {}
  disableHardwareAcceleration(): void {}
  setAppUserModelId(): void {}
  setAboutPanelOptions(): void {}

  quit(): void {
    if (lifecycle.quitting) return;
    lifecycle.quitting = true;
    const event = preventable({});
    this.emit('before-quit', event);
    if (event.defaultPrevented || !this.#closeWindows()) lifecycle.quitting = false;
    else this.#quitAfterWindows();
  }

  exit(code = 0): void {
    if (lifecycle.exiting) return;
    lifecycle.exiting = true;
    lifecycle.quitting = true;
    for (const window of windows.all()) window.destroy();
    this.emit('quit', {}, code);
    // As in Electron, what follows the call still runs.
    setImmediate(() => void endProcess(code));
  }

  relaunch({ args, execPath }: RelaunchOptions = {}): void {
    const driven = /^--(inspect|remote-debugging)/;
    const again = args ?? options.args.filter((arg) => !driven.test(arg));
    process.once('exit', () => {
      spawn(execPath ?? standInPath(), again, {
        detached: true,
        stdio: 'ignore',
        shell: process.platform === 'win32',
      }).unref();
    });
  }

  /** False when a window refused to close. */
  #closeWindows(): boolean {
    for (const window of windows.all()) {
      window.close();
      if (!window.isDestroyed()) return false;
    }
    return true;
  }

  #onWindowClosed(): void {
    if (windows.all().length > 0 || lifecycle.quitting) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }

  #quitAfterWindows(): void {
    const event = preventable({});
    this.emit('will-quit', event);
    if (event.defaultPrevented) lifecycle.quitting = false;
    else this.exit(0);
  }

  /** Called by start.ts when Chromium runs. */
  static becomeReady(app: App): void {
    lifecycle.ready = true;
    app.#ready.resolve();
    app.emit('ready', {}, {});
  }
}

async function endProcess(code: number): Promise<void> {
  await runningChromium()?.close();
  process.exit(code);
}

export const app = new App();

export function becomeReady(): void {
  App.becomeReady(app);
}
