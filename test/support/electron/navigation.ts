import type { WebFrameMain } from 'electron';
import { preventable } from './guarded-emitter.ts';
import type { Page } from './page.ts';
import { toOuter } from './schemes.ts';

type Emit = (name: string, event: object, ...args: unknown[]) => void;
type Requested = { frameId: string; url: string; disposition: string };

function withoutHash(url: string): string {
  return url.split('#')[0] ?? url;
}

/**
 * Decides about the navigations of one page. The page says what it wants (Page.frameRequestedNavigation) before the
 * browser asks for the document (Fetch.requestPaused), both over one pipe: that is how a navigation by the page is
 * told from loadURL or reload, which real Electron does not ask about.
 */
export class Navigation {
  readonly #page: Page;
  readonly #emit: Emit;
  readonly #wanted = new Map<string, string>();

  constructor(page: Page, emit: Emit) {
    this.#page = page;
    this.#emit = emit;
  }

  onRequested({ frameId, url, disposition }: Requested): void {
    if (disposition !== 'currentTab') return;
    if (/^https?:/.test(url)) {
      this.#wanted.set(frameId, withoutHash(url));
      return;
    }
    // No request will come for blob:, data: or mailto:, so this is the only moment to ask.
    if (!/^(about|javascript):/.test(url) && !this.#ask(frameId, url)) this.#page.tell('Page.stopLoading');
  }

  onSettled(frameId: string): void {
    this.#wanted.delete(frameId);
  }

  /** Whether the document may be fetched. */
  allows(frameId: string, url: string, redirected: boolean): boolean {
    if (redirected) return this.#askRedirect(frameId, url);
    const byPage = this.#wanted.get(frameId) === withoutHash(url);
    this.#wanted.delete(frameId);
    return !byPage || this.#ask(frameId, url);
  }

  #details(frameId: string, url: string) {
    const frame: WebFrameMain = this.#page.frames.show(frameId);
    const isMainFrame = this.#page.frames.isMain(frameId);
    return { url: toOuter(url), isSameDocument: false, isMainFrame, frame, initiator: frame };
  }

  #ask(frameId: string, url: string): boolean {
    const details = this.#details(frameId, url);
    const inAnyFrame = preventable(details);
    this.#emit('will-frame-navigate', inAnyFrame);
    if (inAnyFrame.defaultPrevented) return false;
    if (!details.isMainFrame) return true;
    const inMainFrame = preventable(details);
    this.#emit('will-navigate', inMainFrame, details.url);
    return !inMainFrame.defaultPrevented;
  }

  #askRedirect(frameId: string, url: string): boolean {
    const details = preventable(this.#details(frameId, url));
    this.#emit('will-redirect', details, details.url, false, details.isMainFrame);
    return !details.defaultPrevented;
  }
}
