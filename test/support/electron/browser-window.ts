import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  BrowserWindowConstructorOptions,
  WebContents as ElectronWebContents,
  NativeImage,
  Rectangle,
} from 'electron';
import { WINDOW_EVENTS } from './event-names.ts';
import { guard } from './guard.ts';
import { GuardedEmitter, preventable } from './guarded-emitter.ts';
import { lifecycle } from './lifecycle.ts';
import { options } from './options.ts';
import type { Target } from './targets.ts';
import { insideOf, WebContents } from './web-contents.ts';
import { WindowFrame } from './window-frame.ts';
import { type ListedWindow, windows } from './windows.ts';

let adopted: Target | undefined;

function isBrowserWindow(window: ListedWindow): window is BrowserWindow {
  return window instanceof BrowserWindow;
}

export class BrowserWindow extends GuardedEmitter {
  readonly webContents: WebContents;
  readonly id: number;
  readonly #frame: WindowFrame;
  readonly #asked: BrowserWindowConstructorOptions;
  #visible: boolean;
  #destroyed = false;
  #title: string;

  constructor(asked: BrowserWindowConstructorOptions = {}) {
    super('BrowserWindow', WINDOW_EVENTS);
    if (!lifecycle.ready) throw new Error('Cannot create BrowserWindow before app is ready');
    const preferences = { contextIsolation: true, sandbox: true, nodeIntegration: false, ...asked.webPreferences };
    refuseUnsafe(preferences);
    const { width = 800, height = 600 } = asked;
    const target = adopted;
    adopted = undefined;
    const owner = {
      close: () => this.close(),
      lost: () => this.#onLost(),
      adopt: this.#adopt.bind(this),
    };
    this.webContents = new WebContents({ preferences, size: { width, height }, owner, target });
    this.id = this.webContents.id;
    this.#frame = new WindowFrame(insideOf(this.webContents).page, asked);
    this.#asked = asked;
    this.#title = asked.title ?? 'Electron';
    this.#visible = asked.show !== false;
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show', {}));
    this.webContents.on('page-title-updated', (_event, title: string) => this.#retitle(title));
    WebContents.opened(this.webContents).then(
      () => this.#frame.place(),
      () => {},
    );
    windows.add(this);
    if (this.#visible) windows.focus(this);
  }

  static getAllWindows(): BrowserWindow[] {
    return windows.all().filter(isBrowserWindow);
  }

  static getFocusedWindow(): BrowserWindow | null {
    const focused = windows.focused();
    return focused && isBrowserWindow(focused) ? focused : null;
  }

  static fromWebContents(contents: WebContents | ElectronWebContents | undefined): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  static fromId(id: number): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.id === id) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  loadFile(file: string): Promise<void> {
    return this.loadURL(pathToFileURL(path.resolve(options.appPath, file)).href);
  }

  show(): void {
    if (!this.#visible) {
      this.#visible = true;
      this.emit('show', {});
    }
    this.focus();
  }

  showInactive(): void {
    this.#visible = true;
    this.emit('show', {});
  }

  hide(): void {
    this.#visible = false;
    this.emit('hide', {});
    if (windows.focused() === this) windows.focus(null);
  }

  focus(): void {
    windows.focus(this);
    this.webContents.focus();
  }

  blur(): void {
    if (windows.focused() === this) windows.focus(null);
  }

  isFocused(): boolean {
    return windows.focused() === this;
  }

  isVisible(): boolean {
    return this.#visible && !this.#destroyed;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  getBounds(): Rectangle {
    return this.#frame.bounds;
  }

  getNormalBounds(): Rectangle {
    return this.#frame.normalBounds;
  }

  getContentBounds(): Rectangle {
    return this.#frame.bounds;
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#frame.setBounds(bounds);
    this.emit('resize', {});
    this.emit('resized', {});
    this.emit('move', {});
    this.emit('moved', {});
  }

  getSize(): number[] {
    const { width, height } = this.getBounds();
    return [width, height];
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getPosition(): number[] {
    const { x, y } = this.getBounds();
    return [x, y];
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  getMinimumSize(): number[] {
    return [this.#asked.minWidth ?? 0, this.#asked.minHeight ?? 0];
  }

  isMaximized(): boolean {
    return this.#frame.state === 'maximized';
  }

  maximize(): void {
    this.#change('maximized', 'maximize');
  }

  unmaximize(): void {
    if (this.isMaximized()) this.#change('normal', 'unmaximize');
  }

  isMinimized(): boolean {
    return this.#frame.state === 'minimized';
  }

  minimize(): void {
    this.#change('minimized', 'minimize');
  }

  restore(): void {
    if (!this.isMinimized()) return;
    this.#frame.restore();
    this.emit('restore', {});
  }

  isFullScreen(): boolean {
    return this.#frame.state === 'fullscreen';
  }

  setFullScreen(full: boolean): void {
    if (full !== this.isFullScreen())
      this.#change(full ? 'fullscreen' : 'normal', full ? 'enter-full-screen' : 'leave-full-screen');
  }

  getTitle(): string {
    return this.#title;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  capturePage(): Promise<NativeImage> {
    return this.webContents.capturePage();
  }

  // The browser has no menu bar, taskbar button or background of ours to set.
  setMenu(): void {}
  removeMenu(): void {}
  setMenuBarVisibility(): void {}
  setAutoHideMenuBar(): void {}
  setProgressBar(): void {}
  flashFrame(): void {}
  setBackgroundColor(): void {}
  setContentProtection(): void {}

  close(): void {
    if (this.#destroyed) return;
    const event = preventable({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.remove(this);
    WebContents.destroy(this.webContents);
    this.emit('closed', {});
    windows.hooks.closed();
  }

  /** The person closed the browser's window; it is too late to prevent that. */
  #onLost(): void {
    this.emit('close', preventable({}));
    this.destroy();
  }

  #change(state: 'normal' | 'maximized' | 'minimized' | 'fullscreen', event: string): void {
    if (this.#frame.state === state) return;
    this.#frame.setState(state);
    this.emit(event, {});
  }

  #retitle(title: string): void {
    const event = preventable({});
    this.emit('page-title-updated', event, title, true);
    if (!event.defaultPrevented) this.#title = title;
  }

  #adopt(target: Target, wanted: BrowserWindowConstructorOptions | undefined, details: object): void {
    adopted = target;
    const inherited = { ...this.#asked.webPreferences, ...wanted?.webPreferences };
    const window = new GuardedBrowserWindow({ ...wanted, webPreferences: inherited });
    this.webContents.emit('did-create-window', window, details);
  }
}

/** The stand-in has only the safe way of running a preload; an app that asks for another must not seem to work. */
function refuseUnsafe({ contextIsolation, sandbox, nodeIntegration }: Electron.WebPreferences): void {
  const safe = contextIsolation === true && sandbox === true && nodeIntegration === false;
  if (!safe) throw new Error('stand-in: only contextIsolation, sandbox and no nodeIntegration are modelled');
}

export const GuardedBrowserWindow = guard(BrowserWindow, 'BrowserWindow');
