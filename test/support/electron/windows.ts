import type { BrowserWindow } from './browser-window.ts';

/** The open windows, oldest first, and who wants to know when one closes. */
const open = new Set<BrowserWindow>();
let focused: BrowserWindow | null = null;

export const windowHooks: {
  created(window: BrowserWindow): void;
  closed(): void;
  focus(name: string, window: BrowserWindow): void;
} = {
  created: () => {},
  closed: () => {},
  focus: () => {},
};

export function openWindows(): BrowserWindow[] {
  return [...open];
}

export function focusedWindow(): BrowserWindow | null {
  return focused;
}

export function addWindow(window: BrowserWindow): void {
  open.add(window);
  windowHooks.created(window);
}

export function removeWindow(window: BrowserWindow): void {
  open.delete(window);
  if (focused !== window) return;
  focused = null;
  // The window below comes to the front, as on a desktop.
  const next = openWindows().findLast((other) => other.isVisible() && !other.isMinimized());
  if (next) focusWindow(next);
}

/** At most one window has the focus; the others hear that they lost it. */
export function focusWindow(window: BrowserWindow | null): void {
  if (focused === window) return;
  const before = focused;
  focused = window;
  if (before) {
    before.emit('blur', {});
    windowHooks.focus('browser-window-blur', before);
  }
  if (window) {
    window.emit('focus', {});
    windowHooks.focus('browser-window-focus', window);
  }
}
