import fs from 'node:fs';
import type { Params } from './devtools.ts';
import { Frames } from './frames.ts';
import { options } from './options.ts';
import type { Question } from './page/ask-sync.ts';
import { decode, encode } from './page/codec.ts';
import { isolatedWorldScript, mainWorldScript } from './page/scripts.ts';
import { chromium, listen, NONCE, unlisten } from './runtime.ts';
import { toInner, toOuter } from './schemes.ts';
import { createTarget, discard, type Target } from './targets.ts';

const WORLD = 'Electron Isolated Context';

export type Size = { width: number; height: number };
export type PageMessage = Params & { kind: string; id?: number; url: string };
export type AnsweredQuestion = Exclude<Question, { kind: 'path-of-file' }>;

/** What the page tells its webContents. */
export type PageEvents = {
  message(message: PageMessage, reply: (answer: Params) => void): void;
  /** The page waits for the answer. */
  question(question: AnsweredQuestion): unknown;
  event(method: string, params: Params): void;
  gone(): void;
};

type Context = { id: number; name: string; auxData: { frameId: string } };
type Paused = { callFrames: { callFrameId: string; functionName: string }[] };
type Remote = { result: { value?: unknown; objectId?: string } };
type Evaluated = {
  result: { value?: unknown };
  exceptionDetails?: { text: string; exception?: { description?: string } };
};

/** One page of Chromium: its DevTools session, its two worlds and the way between them and Node. */
export class Page {
  readonly frames = new Frames();
  readonly #events: PageEvents;
  readonly #preload: string | undefined;
  #target: Target | undefined;
  #context: number | undefined;
  #size: Size;
  #zoom = 1;

  constructor(preload: string | undefined, size: Size, events: PageEvents) {
    if (preload?.endsWith('.mjs')) throw new Error('A sandboxed preload must be a CommonJS script');
    if (preload) fs.accessSync(preload);
    this.#preload = preload;
    this.#size = size;
    this.#events = events;
  }

  get targetId(): string | undefined {
    return this.#target?.targetId;
  }

  get sessionId(): string | undefined {
    return this.#target?.sessionId;
  }

  async open(given?: Target): Promise<void> {
    const target = given ?? (await createTarget(this.#size));
    this.#target = target;
    this.frames.setMain(target.targetId);
    listen(target.sessionId, (method, params) => this.#onEvent(method, params));
    const jobs = [
      this.send('Page.enable'),
      this.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      this.send('Runtime.enable'),
      this.send('Debugger.enable'),
      this.send('Emulation.setFocusEmulationEnabled', { enabled: true }),
      this.send('Runtime.addBinding', { name: `${NONCE}send`, executionContextName: WORLD }),
      this.#fit(),
      ...this.#injectWorlds(),
    ];
    target.resume();
    await Promise.all(jobs);
  }

  #injectWorlds(): Promise<Params>[] {
    const versions = {
      electron: process.versions['electron'],
      chrome: process.versions['chrome'],
      node: process.versions.node,
    };
    const shown = { platform: process.platform, arch: process.arch, versions, type: 'renderer' };
    const visible = { ...shown, sandboxed: true, contextIsolated: true, env: {}, argv: [] };
    const settings = { nonce: NONCE, preload: this.#preload, process: visible };
    return [
      this.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(NONCE) }),
      this.send('Page.addScriptToEvaluateOnNewDocument', { source: isolatedWorldScript(settings), worldName: WORLD }),
    ];
  }

  send<R extends object = Params>(method: string, params: Params = {}): Promise<R> {
    if (!this.#target) return Promise.reject(new Error(`${method}: the page is not open`));
    return chromium().devtools.send<R>(method, params, this.#target.sessionId);
  }

  tell(method: string, params: Params = {}): void {
    this.send(method, params).catch(() => {});
  }

  close(): void {
    if (!this.#target) return;
    unlisten(this.#target.sessionId);
    discard(this.#target);
  }

  /** The loader of the new document; undefined if the address was only another place in the same one. */
  async navigate(url: string): Promise<string | undefined> {
    type Answer = { errorText?: string; loaderId?: string };
    const { errorText, loaderId } = await this.send<Answer>('Page.navigate', { url: toInner(url) });
    if (!errorText) return loaderId;
    const code = errorText.replace('net::', '');
    throw Object.assign(new Error(`${code} loading '${url}'`), { code, url });
  }

  /** A message for the preload; lost, as in Electron, if no page is there yet. */
  deliver(message: Params, context = this.#context): void {
    if (context === undefined) return;
    const expression = `${NONCE}receive(${JSON.stringify(encode(message))})`;
    this.tell('Runtime.evaluate', { expression, contextId: context });
  }

  async evaluate(code: string, userGesture: boolean): Promise<unknown> {
    const wanted = { expression: code, awaitPromise: true, returnByValue: true, userGesture };
    const { result, exceptionDetails } = await this.send<Evaluated>('Runtime.evaluate', wanted);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  setSize(size: Size): void {
    this.#size = size;
    if (this.#target) this.#fit().catch(() => {});
  }

  setZoom(factor: number): void {
    this.#zoom = factor;
    if (this.#target) this.#fit().catch(() => {});
  }

  /** Headless windows have no frame, so the window's size is the page's. A visible window has its own. */
  #fit(): Promise<Params> {
    if (!options.headless) return this.send('Emulation.setPageScaleFactor', { pageScaleFactor: this.#zoom });
    const [width, height] = [this.#size.width, this.#size.height].map((side) =>
      Math.max(1, Math.round(side / this.#zoom)),
    );
    return this.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: this.#zoom,
      mobile: false,
    });
  }

  #onEvent(method: string, params: Params): void {
    switch (method) {
      case 'Runtime.executionContextCreated':
        this.#onContext(params['context'] as Context);
        return;
      case 'Runtime.bindingCalled':
        this.#onBinding(params as { name: string; payload: string; executionContextId: number });
        return;
      case 'Debugger.paused':
        void this.#onPaused(params as Paused);
        return;
      default:
        this.#trackFrames(method, params);
        this.#events.event(method, params);
    }
  }

  #onContext({ id, name, auxData }: Context): void {
    if (name === WORLD && this.frames.isMain(auxData.frameId)) this.#context = id;
  }

  #onBinding({
    name,
    payload,
    executionContextId,
  }: {
    name: string;
    payload: string;
    executionContextId: number;
  }): void {
    if (name !== `${NONCE}send`) return;
    const message = decode(payload) as PageMessage;
    // The page's own word on its address: the protocol's event about the navigation may come a moment later.
    this.frames.setUrl(this.targetId ?? '', message.url);
    const reply = (answer: Params): void => this.deliver({ reply: message.id, ...answer }, executionContextId);
    this.#events.message(message, reply);
  }

  #trackFrames(method: string, params: Params): void {
    const frameId = String(params['frameId']);
    if (method === 'Page.frameAttached') {
      this.frames.update({ id: frameId, parentId: String(params['parentFrameId']), url: 'about:blank' });
    } else if (method === 'Page.frameNavigated') {
      this.frames.update(params['frame'] as { id: string; url: string });
    } else if (method === 'Page.navigatedWithinDocument') {
      this.frames.setUrl(frameId, String(params['url']));
    } else if (method === 'Page.frameDetached') {
      this.frames.remove(frameId);
    } else if (method === 'Inspector.targetCrashed') {
      this.#context = undefined;
    }
  }

  /** A pause is a question of ask-sync.ts, or a debugger statement of the page, which means nothing here. */
  async #onPaused({ callFrames: [frame] }: Paused): Promise<void> {
    try {
      if (frame?.functionName === 'standInAskSync') await this.#answer(frame.callFrameId);
    } catch (error) {
      process.stderr.write(`[stand-in] ${String(error)}\n`);
    } finally {
      this.tell('Debugger.resume');
    }
  }

  async #answer(callFrameId: string): Promise<void> {
    const at = (expression: string, returnByValue: boolean): Promise<Remote> =>
      this.send<Remote>('Debugger.evaluateOnCallFrame', { callFrameId, expression, returnByValue });
    const asked = await at('[asked, question.kind, question.url, question.frameName]', true);
    const [nonce, kind, url, frameName] = asked.result.value as string[];
    if (nonce !== NONCE) return;
    let value: unknown;
    if (kind === 'path-of-file') {
      const { objectId } = (await at('question.file', false)).result;
      value = (await this.send('DOM.getFileInfo', { objectId }))['path'];
    } else {
      const opened = { kind: 'window-open', url: toOuter(url ?? ''), frameName: frameName ?? '' } as const;
      value = this.#events.question(opened);
    }
    await at(`answer.value = ${JSON.stringify(value)}`, true);
  }

  wasLost(): void {
    if (this.#target) unlisten(this.#target.sessionId);
    this.#events.gone();
  }
}
