import type { Params } from './devtools.ts';
import { Loads } from './loads.ts';
import type { Navigation } from './navigation.ts';
import type { Page } from './page.ts';
import type { Popups } from './popups.ts';
import { toOuter } from './schemes.ts';

type Emit = (name: string, ...args: unknown[]) => void;
type Console = { type: string; args: { value?: unknown; description?: string }[] };
type Committed = { id: string; url: string; loaderId: string; unreachableUrl?: string };
type Lifecycle = { frameId: string; loaderId: string; name: string };
type Told = { page: Page; navigation: Navigation; popups: Popups; emit: Emit };

/** Turns what DevTools reports of a page into the events of its webContents. */
export class PageReports {
  readonly #told: Told;
  readonly #handlers: Record<string, (params: Params) => void>;
  readonly loads = new Loads();
  #failed = '';
  loading = false;
  crashed = false;
  title = '';

  constructor(told: Told) {
    this.#told = told;
    const { navigation, popups, emit } = told;
    this.#handlers = {
      'Page.frameRequestedNavigation': (params) =>
        navigation.onRequested(params as Parameters<Navigation['onRequested']>[0]),
      'Page.windowOpen': (params) => popups.onWindowOpen(params as Parameters<Popups['onWindowOpen']>[0]),
      'Page.frameNavigated': (params) => this.#onNavigated(params['frame'] as Committed),
      'Page.navigatedWithinDocument': (params) => this.#onMovedWithin(String(params['frameId']), String(params['url'])),
      'Page.domContentEventFired': () => emit('dom-ready', {}),
      'Page.lifecycleEvent': (params) => this.#onLifecycle(params as Lifecycle),
      'Inspector.targetCrashed': () => this.#onCrash(),
      'Runtime.consoleAPICalled': (params) => this.#onConsole(params as Console),
    };
  }

  take(method: string, params: Params): void {
    this.#handlers[method]?.(params);
  }

  #onNavigated({ id, url, loaderId, unreachableUrl }: Committed): void {
    const { navigation, page, emit } = this.#told;
    navigation.onSettled(id);
    if (!page.frames.isMain(id)) return;
    this.#failed = unreachableUrl === undefined ? '' : loaderId;
    this.loads.begin(loaderId);
    this.loading = true;
    this.crashed = false;
    emit('did-navigate', {}, toOuter(unreachableUrl ?? url), 200, 'OK');
  }

  /** Chromium's page about a failure is no load of the app's. */
  #onLifecycle({ frameId, loaderId, name }: Lifecycle): void {
    const { page } = this.#told;
    if (name === 'load' && page.frames.isMain(frameId) && loaderId !== this.#failed) void this.#onLoaded(loaderId);
  }

  #onMovedWithin(frameId: string, url: string): void {
    const { navigation, page, emit } = this.#told;
    navigation.onSettled(frameId);
    emit('did-navigate-in-page', {}, toOuter(url), page.frames.isMain(frameId));
  }

  async #onLoaded(loaderId: string): Promise<void> {
    const { page, emit } = this.#told;
    const title = String(await page.evaluate('document.title', false).catch(() => ''));
    if (title !== this.title) {
      this.title = title;
      emit('page-title-updated', {}, title, true);
    }
    this.loading = false;
    emit('did-finish-load', {});
    emit('did-stop-loading', {});
    this.loads.finish(loaderId);
  }

  #onCrash(): void {
    this.crashed = true;
    this.loads.abort();
    this.#told.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
  }

  #onConsole({ type, args }: Console): void {
    const { page, emit } = this.#told;
    const message = args.map((arg) => String(arg.value ?? arg.description)).join(' ');
    const level = { error: 'error', warning: 'warning', debug: 'debug' }[type] ?? 'info';
    emit('console-message', { level, message, lineNumber: 0, sourceId: '', frame: page.frames.main });
  }
}
