import type { NativeTheme } from 'electron';
import { GuardedEmitter } from './guarded-emitter.ts';
import type { Page } from './page.ts';

type Source = NativeTheme['themeSource'];

const pages = new Set<WeakRef<Page>>();

function tellPage(page: Page, source: Source): void {
  const value = source === 'system' ? '' : source;
  page.tell('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
}

/** The system's theme is light unless STANDIN_DARK=1. */
class Theme extends GuardedEmitter {
  #source: Source = 'system';

  constructor() {
    super('nativeTheme', ['updated']);
  }

  get themeSource(): Source {
    return this.#source;
  }

  set themeSource(source: Source) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`Invalid themeSource: ${String(source)}`);
    this.#source = source;
    for (const reference of pages) {
      const page = reference.deref();
      if (page) tellPage(page, source);
      else pages.delete(reference);
    }
    this.emit('updated', {});
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? process.env['STANDIN_DARK'] === '1' : this.#source === 'dark';
  }

  get shouldUseHighContrastColors(): boolean {
    return false;
  }

  get prefersReducedTransparency(): boolean {
    return false;
  }
}

export const nativeTheme = new Theme();

export function emulateTheme(page: Page): void {
  pages.add(new WeakRef(page));
  const system = process.env['STANDIN_DARK'] === '1' ? 'dark' : 'system';
  tellPage(page, nativeTheme.themeSource === 'system' ? system : nativeTheme.themeSource);
}
