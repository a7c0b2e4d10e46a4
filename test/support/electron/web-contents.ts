import type {
  BrowserWindowConstructorOptions,
  WebContents as ElectronWebContents,
  HandlerDetails,
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
import { Page, type PageMessage, type Size } from './page.ts';
import { pdfParams } from './pdf.ts';
import { checkPermission, requestPermission } from './permissions.ts';
import { type OpenHandler, Popups } from './popups.ts';
import { toInner, toOuter } from './schemes.ts';
import { defaultSession } from './session.ts';
import type { Target } from './targets.ts';
import { emulateTheme } from './theme.ts';

export type Owner = {
  close(): void;
  lost(): void;
  adopt(target: Target, options: BrowserWindowConstructorOptions | undefined, details: HandlerDetails): void;
};
type Made = { preferences: WebPreferences; size: Size; owner: Owner; target?: Target | undefined };
type Inside = { page: Page; navigation: Navigation; popups: Popups };

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
  #loading = false;
  #zoom = 1;
  #title = '';

  constructor({ preferences, size, owner, target }: Made) {
    super('webContents', WEB_CONTENTS_EVENTS);
    this.#preferences = preferences;
    this.#owner = owner;
    const page = new Page(preferences.preload, size, {
      message: (message, reply) => void this.#onMessage(message, reply),
      question: ({ url, frameName }) => popups.onAsked(url, frameName),
      event: (method, params) => this.#onEvent(method, params),
      gone: () => owner.lost(),
    });
    const navigation = new Navigation(page, (name, event, ...args) => this.emit(name, event, ...args));
    const popups = new Popups((popup, response, details) => {
      const wanted = response.action === 'allow' ? response.overrideBrowserWindowOptions : undefined;
      owner.adopt(popup, wanted, details);
    });
    insides.set(this, { page, navigation, popups });
    all.set(this.id, this);
    if (preferences.zoomFactor !== undefined) this.setZoomFactor(preferences.zoomFactor);
    this.#opened = page.open(target).then(() => emulateTheme(page));
    // Whoever uses the page waits for it and sees the error there.
    this.#opened.catch(() => {});
  }

  get #page(): Page {
    return insideOf(this).page;
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
    this.#loading = true;
    const loaded = new Promise((resolve) => this.once('did-finish-load', resolve));
    try {
      await this.#page.navigate(url);
    } catch (error) {
      this.#loading = false;
      this.emit('did-fail-load', {}, -2, error instanceof Error ? error.message : '', url, true);
      throw error;
    }
    await loaded;
  }

  reload(): void {
    this.#page.tell('Page.reload');
  }

  reloadIgnoringCache(): void {
    this.#page.tell('Page.reload', { ignoreCache: true });
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

  setWindowOpenHandler(handler: OpenHandler): void {
    insideOf(this).popups.handler = handler;
  }

  getURL(): string {
    const url = this.#page.frames.mainUrl;
    return url === 'about:blank' && !this.#title ? '' : url;
  }

  getTitle(): string {
    return this.#title;
  }

  isLoading(): boolean {
    return this.#loading;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isCrashed(): boolean {
    return false;
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

  #onEvent(method: string, params: Params): void {
    const { navigation, popups } = insideOf(this);
    switch (method) {
      case 'Page.frameRequestedNavigation':
        return navigation.onRequested(params as { frameId: string; url: string; disposition: string });
      case 'Page.windowOpen':
        return popups.onWindowOpen(params as { url: string; windowName: string; windowFeatures: string[] });
      case 'Page.frameNavigated':
        return this.#onNavigated(params['frame'] as { id: string; url: string; unreachableUrl?: string });
      case 'Page.navigatedWithinDocument':
        navigation.onSettled(String(params['frameId']));
        this.emit('did-navigate-in-page', {}, toOuter(String(params['url'])), this.#isMain(params));
        return;
      case 'Page.domContentEventFired':
        this.emit('dom-ready', {});
        return;
      case 'Page.loadEventFired':
        this.#loading = false;
        void this.#finishLoad();
        return;
      case 'Inspector.targetCrashed':
        this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
        return;
      case 'Runtime.consoleAPICalled':
        this.#onConsole(params as { type: string; args: { value?: unknown; description?: string }[] });
        return;
      default:
    }
  }

  #isMain(params: Params): boolean {
    return this.#page.frames.isMain(String(params['frameId']));
  }

  #onNavigated({ id, url }: { id: string; url: string }): void {
    insideOf(this).navigation.onSettled(id);
    if (!this.#page.frames.isMain(id)) return;
    this.#loading = true;
    this.emit('did-navigate', {}, toOuter(url), 200, 'OK');
  }

  async #finishLoad(): Promise<void> {
    const title = await this.#page.evaluate('document.title', false).catch(() => '');
    if (title !== this.#title) {
      this.#title = String(title);
      this.emit('page-title-updated', {}, this.#title, true);
    }
    this.emit('did-finish-load', {});
    this.emit('did-stop-loading', {});
  }

  #onConsole({ type, args }: { type: string; args: { value?: unknown; description?: string }[] }): void {
    const message = args.map((arg) => String(arg.value ?? arg.description)).join(' ');
    const level = { error: 'error', warning: 'warning', debug: 'debug' }[type] ?? 'info';
    this.emit('console-message', { level, message, lineNumber: 0, sourceId: '', frame: this.mainFrame });
  }
}
