import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { options } from './options.ts';
import type { Page } from './page.ts';
import { chromium } from './runtime.ts';
import { WORK_AREA } from './screen.ts';

type State = 'normal' | 'maximized' | 'minimized' | 'fullscreen';

function centred(size: number, whole: number): number {
  return Math.max(0, Math.round((whole - size) / 2));
}

/** Where a window is and in which state. Headless there is none, so this is the truth; else Chromium is told. */
export class WindowFrame {
  readonly #page: Page;
  #normal: Rectangle;
  #state: State = 'normal';
  #before: State = 'normal';

  constructor(page: Page, { width = 800, height = 600, x, y }: BrowserWindowConstructorOptions) {
    this.#page = page;
    this.#normal = {
      x: x ?? centred(width, WORK_AREA.width),
      y: y ?? centred(height, WORK_AREA.height),
      width,
      height,
    };
  }

  get state(): State {
    return this.#state;
  }

  get normalBounds(): Rectangle {
    return { ...this.#normal };
  }

  get bounds(): Rectangle {
    const full = this.#state === 'maximized' || this.#state === 'fullscreen';
    return full ? { ...WORK_AREA } : this.normalBounds;
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#normal = { ...this.bounds, ...bounds };
    this.#state = 'normal';
    this.#apply();
  }

  setState(state: State): void {
    if (state === 'minimized') this.#before = this.#state;
    this.#state = state;
    this.#apply();
  }

  /** Out of minimised: back to what it was before. */
  restore(): void {
    this.setState(this.#before);
  }

  #apply(): void {
    if (this.#state !== 'minimized') this.#page.setSize(this.bounds);
    this.place();
  }

  /** Puts a visible window where it belongs; a window that has gone meanwhile needs no place. */
  place(): void {
    if (!options.headless) this.#tellChromium().catch(() => {});
  }

  async #tellChromium(): Promise<void> {
    const { targetId } = this.#page;
    if (!targetId) return;
    const { devtools } = chromium();
    const { windowId } = await devtools.send<{ windowId: number }>('Browser.getWindowForTarget', { targetId });
    const { x: left, y: top, width, height } = this.#normal;
    // Chromium takes either a state or a place, not both.
    const bounds = this.#state === 'normal' ? { left, top, width, height } : { windowState: this.#state };
    if (this.#state === 'normal')
      devtools.tell('Browser.setWindowBounds', { windowId, bounds: { windowState: 'normal' } });
    devtools.tell('Browser.setWindowBounds', { windowId, bounds });
  }
}
