import type {
  BrowserWindowConstructorOptions,
  WebContents as ElectronWebContents,
  HandlerDetails,
  Item,
  LoadURLOptions,
  NativeImage,
  PrintToPDFOptions,
  Session,
  WebFrameMain,
  WebPreferences,
} from 'electron';
import type { Params } from './devtools.ts';
import { WEB_CONTENTS_EVENTS } from './event-names.ts';
import { GuardedEmitter } from './guarded-emitter.ts';
import { callHandler, cloned, emitMessage } from './ipc-calls.ts';
import { IpcMain } from './ipc-main.ts';
import { pngImage } from './native-image.ts';
import { Navigation } from './navigation.ts';
import { note } from './note.ts';
import { Page, type PageMessage, type Size } from './page.ts';
import { PageReports } from './page-reports.ts';
import { pdfParams } from './pdf.ts';
import { checkPermission, requestPermission } from './permissions.ts';
import { type OpenHandler, Popups } from './popups.ts';
import { toInner } from './schemes.ts';
import { defaultSession } from './session.ts';
import type { Target } from './targets.ts';
import { emulateTheme } from './theme.ts';

export type Owner = {
  close(): void;
  lost(): void;
  adopt(target: Target, options: BrowserWindowConstructorOptions | undefined, details: HandlerDetails): void;
};
type Made = { preferences: WebPreferences; size: Size; owner: Owner; target?: Target | undefined };
type Inside = { page: Page; navigation: Navigation; popups: Popups; reports: PageReports };

const all = new Map<number, WebContents>();
const insides = new WeakMap<WebContents, Inside>();
let lastId = 0;

/** The parts that the app must not see. */
export function insideOf(contents: WebContents): Inside {
  const inside = insides.get(contents);
  if (!inside) throw new Error('not a webContents of the stand-in');
  return inside;
}

export function allContents(): WebContents[] {
  return [...all.values()];
}

export function contentsOfTarget(targetId: string): WebContents | undefined {
  return allContents().find((contents) => insideOf(contents).page.targetId === targetId);
}

export class WebContents extends GuardedEmitter {
  readonly id = ++lastId;
  readonly ipc = new IpcMain('webContents.ipc');
  readonly session: Session = defaultSession;
  readonly #preferences: WebPreferences;
  readonly #owner: Owner;
  readonly #opened: Promise<void>;
  #destroyed = false;
  #zoom = 1;

  constructor({ preferences, size, owner, target }: Made) {
    super('webContents', WEB_CONTENTS_EVENTS);
    this.#preferences = preferences;
    this.#owner = owner;
    const page = new Page(preferences.preload, size, {
      message: (message, reply) => void this.#onMessage(message, reply),
      question: ({ url, frameName }) => popups.onAsked(url, frameName),
      event: (method, params) => reports.take(method, params),
      gone: () => owner.lost(),
    });
    const navigation = new Navigation(page, (name, event, ...args) => this.emit(name, event, ...args));
    const popups = new Popups((popup, response, details) => {
      const wanted = response.action === 'allow' ? response.overrideBrowserWindowOptions : undefined;
      owner.adopt(popup, wanted, details);
    });
    const reports = new PageReports({ page, navigation, popups, emit: (name, ...args) => this.emit(name, ...args) });
    insides.set(this, { page, navigation, popups, reports });
    all.set(this.id, this);
    if (preferences.zoomFactor !== undefined) this.setZoomFactor(preferences.zoomFactor);
    this.#opened = page.open(target).then(() => emulateTheme(page));
    // Whoever uses the page waits for it and sees the error there.
    this.#opened.catch(() => {});
  }

  get #page(): Page {
    return insideOf(this).page;
  }

  get #reports(): PageReports {
    return insideOf(this).reports;
  }

  get mainFrame(): WebFrameMain {
    return this.#page.frames.main;
  }

  get zoomFactor(): number {
    return this.#zoom;
  }

  async loadURL(url: string, options?: LoadURLOptions): Promise<void> {
    if (options && Object.keys(options).length > 0) throw new Error('stand-in: options of loadURL are not modelled');
    await this.#opened;
    this.#reports.loading = true;
    try {
      const loaderId = await this.#page.navigate(url);
      if (loaderId) await this.#reports.loads.wait(loaderId);
    } catch (error) {
      this.emit('did-fail-load', {}, -2, error instanceof Error ? error.message : '', url, true);
      throw error;
    } finally {
      this.#reports.loading = false;
    }
  }

  reload(): void {
    this.#page.tell('Page.reload');
  }

  reloadIgnoringCache(): void {
    this.#page.tell('Page.reload', { ignoreCache: true });
  }

  forcefullyCrashRenderer(): void {
    this.#page.tell('Page.crash');
  }

  stop(): void {
    this.#page.tell('Page.stopLoading');
  }

  send(channel: string, ...args: unknown[]): void {
    const values = cloned(args);
    void this.#opened.then(() => this.#page.deliver({ channel, args: values }));
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    await this.#opened;
    return this.#page.evaluate(code, userGesture);
  }

  async printToPDF(options?: PrintToPDFOptions): Promise<Buffer> {
    const { data } = await this.#page.send<{ data: string }>('Page.printToPDF', pdfParams(options));
    return Buffer.from(data, 'base64');
  }

  async capturePage(): Promise<NativeImage> {
    const { data } = await this.#page.send<{ data: string }>('Page.captureScreenshot', { format: 'png' });
    return pngImage(Buffer.from(data, 'base64'));
  }

  /** Ends at once, as a drag that is let go outside of everything. */
  startDrag({ file, icon }: Item): void {
    if (typeof icon !== 'string' && icon.isEmpty()) throw new TypeError("Must specify non-empty 'icon' option");
    note(`${file} would be dragged`);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    insideOf(this).popups.handler = handler;
  }

  getURL(): string {
    const url = this.#page.frames.mainUrl;
    return url === 'about:blank' && !this.#reports.title ? '' : url;
  }

  getTitle(): string {
    return this.#reports.title;
  }

  isLoading(): boolean {
    return this.#reports.loading;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isCrashed(): boolean {
    return this.#reports.crashed;
  }

  getType(): string {
    return 'window';
  }

  getLastWebPreferences(): WebPreferences {
    return this.#preferences;
  }

  setZoomFactor(factor: number): void {
    this.#zoom = factor;
    this.#page.setZoom(factor);
  }

  getZoomFactor(): number {
    return this.#zoom;
  }

  setZoomLevel(level: number): void {
    this.setZoomFactor(1.2 ** level);
  }

  getZoomLevel(): number {
    return Math.log(this.#zoom) / Math.log(1.2);
  }

  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve();
  }

  openDevTools(): void {}

  closeDevTools(): void {}

  isDevToolsOpened(): boolean {
    return false;
  }

  focus(): void {
    this.#page.tell('Page.bringToFront');
  }

  close(): void {
    this.#owner.close();
  }

  /** For the window, which has its place only once Chromium has made it. */
  static opened(contents: WebContents): Promise<void> {
    return contents.#opened;
  }

  /** Called by the window; the app cannot, as in Electron. */
  static destroy(contents: WebContents): void {
    contents.#destroyed = true;
    all.delete(contents.id);
    void contents.#opened.then(
      () => contents.#page.close(),
      () => {},
    );
    contents.emit('destroyed', {});
  }

  async #onMessage(message: PageMessage, reply: (answer: Params) => void): Promise<void> {
    const sender = this as unknown as ElectronWebContents;
    const senderFrame = this.mainFrame;
    const { kind, channel, args } = message as PageMessage & { channel: string; args: unknown[] };
    const call = { channel, args, sender, senderFrame, ipc: this.ipc };
    if (kind === 'send') return emitMessage(call);
    if (kind === 'invoke') return reply(await callHandler(call));
    if (kind === 'zoom') return this.setZoomFactor(Number(message['factor']));
    const permission = String(message['permission']);
    const asking = { webContents: sender, frame: senderFrame, innerUrl: toInner(senderFrame.url), permission };
    reply({ value: await (message['checkOnly'] ? checkPermission(asking) : requestPermission(asking)) });
  }
}
