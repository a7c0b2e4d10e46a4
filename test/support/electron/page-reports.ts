import type { Params } from './devtools.ts';
import type { Navigation } from './navigation.ts';
import type { Page } from './page.ts';
import type { Popups } from './popups.ts';
import { toOuter } from './schemes.ts';

type Emit = (name: string, ...args: unknown[]) => void;
type Console = { type: string; args: { value?: unknown; description?: string }[] };
type Told = { page: Page; navigation: Navigation; popups: Popups; emit: Emit };

/** Turns what DevTools reports of a page into the events of its webContents. */
export class PageReports {
  readonly #told: Told;
  readonly #handlers: Record<string, (params: Params) => void>;
  loading = false;
  title = '';

  constructor(told: Told) {
    this.#told = told;
    const { navigation, popups, emit } = told;
    this.#handlers = {
      'Page.frameRequestedNavigation': (params) =>
        navigation.onRequested(params as Parameters<Navigation['onRequested']>[0]),
      'Page.windowOpen': (params) => popups.onWindowOpen(params as Parameters<Popups['onWindowOpen']>[0]),
      'Page.frameNavigated': (params) => this.#onNavigated(params['frame'] as { id: string; url: string }),
      'Page.navigatedWithinDocument': (params) => this.#onMovedWithin(String(params['frameId']), String(params['url'])),
      'Page.domContentEventFired': () => emit('dom-ready', {}),
      'Page.loadEventFired': () => void this.#onLoaded(),
      'Inspector.targetCrashed': () => emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
      'Runtime.consoleAPICalled': (params) => this.#onConsole(params as Console),
    };
  }

  take(method: string, params: Params): void {
    this.#handlers[method]?.(params);
  }

  #onNavigated({ id, url }: { id: string; url: string }): void {
    const { navigation, page, emit } = this.#told;
    navigation.onSettled(id);
    if (!page.frames.isMain(id)) return;
    this.loading = true;
    emit('did-navigate', {}, toOuter(url), 200, 'OK');
  }

  #onMovedWithin(frameId: string, url: string): void {
    const { navigation, page, emit } = this.#told;
    navigation.onSettled(frameId);
    emit('did-navigate-in-page', {}, toOuter(url), page.frames.isMain(frameId));
  }

  async #onLoaded(): Promise<void> {
    const { page, emit } = this.#told;
    const title = String(await page.evaluate('document.title', false).catch(() => ''));
    if (title !== this.title) {
      this.title = title;
      emit('page-title-updated', {}, title, true);
    }
    this.loading = false;
    emit('did-finish-load', {});
    emit('did-stop-loading', {});
  }

  #onConsole({ type, args }: Console): void {
    const { page, emit } = this.#told;
    const message = args.map((arg) => String(arg.value ?? arg.description)).join(' ');
    const level = { error: 'error', warning: 'warning', debug: 'debug' }[type] ?? 'info';
    emit('console-message', { level, message, lineNumber: 0, sourceId: '', frame: page.frames.main });
  }
}
