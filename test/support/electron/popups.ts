import type { HandlerDetails, WindowOpenHandlerResponse } from 'electron';
import { toOuter } from './schemes.ts';
import { discard, type Target } from './targets.ts';

export type OpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse;
type Wanted = { url: string; frameName: string; features: string };
type Adopt = (target: Target, response: WindowOpenHandlerResponse, details: HandlerDetails) => void;

/**
 * New windows that a page asks for. window.open() and links ask before they do anything (page/main-world.ts), so what
 * is denied never exists. Forms with a target, and frames, make a page, which is held still until it is judged here.
 */
export class Popups {
  readonly #adopt: Adopt;
  readonly #wanted: Wanted[] = [];
  readonly #allowed: WindowOpenHandlerResponse[] = [];
  handler: OpenHandler = () => ({ action: 'allow' });

  constructor(adopt: Adopt) {
    this.#adopt = adopt;
  }

  onAsked(url: string, frameName: string): boolean {
    const response = this.handler(this.#details({ url, frameName, features: '' }));
    if (response.action === 'allow') this.#allowed.push(response);
    return response.action === 'allow';
  }

  /** Page.windowOpen: comes just before the page that it is about. */
  onWindowOpen(event: { url: string; windowName: string; windowFeatures: string[] }): void {
    const frameName = event.windowName === '_blank' ? '' : event.windowName;
    this.#wanted.push({ url: toOuter(event.url), frameName, features: event.windowFeatures.join(',') });
  }

  onPopup(target: Target): void {
    const details = this.#details(this.#wanted.shift() ?? { url: 'about:blank', frameName: '', features: '' });
    const response = this.#allowed.shift() ?? this.handler(details);
    if (response.action === 'deny') discard(target);
    else this.#adopt(target, response, details);
  }

  #details({ url, frameName, features }: Wanted): HandlerDetails {
    const referrer = { url: '', policy: 'strict-origin-when-cross-origin' } as const;
    return { url, frameName, features, disposition: 'foreground-tab', referrer };
  }
}
