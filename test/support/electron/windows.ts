/** What the list of windows has to know of one; BrowserWindow is it, and imports this list. */
export interface ListedWindow {
  readonly id: number;
  readonly webContents: unknown;
  isVisible(): boolean;
  isMinimized(): boolean;
  emit(event: string, detail: object): boolean;
  isDestroyed(): boolean;
  close(): void;
  destroy(): void;
}

/** The open windows, oldest first, and who wants to know when one closes. */
function createWindowList<Listed extends ListedWindow>() {
  const open = new Set<Listed>();
  let focused: Listed | null = null;
  const hooks: {
    created(window: Listed): void;
    closed(): void;
    focus(name: string, window: Listed): void;
  } = { created: () => {}, closed: () => {}, focus: () => {} };

  const all = (): Listed[] => [...open];

  /** At most one window has the focus; the others hear that they lost it. */
  function focus(window: Listed | null): void {
    if (focused === window) return;
    const before = focused;
    focused = window;
    if (before) {
      before.emit('blur', {});
      hooks.focus('browser-window-blur', before);
    }
    if (window) {
      window.emit('focus', {});
      hooks.focus('browser-window-focus', window);
    }
  }

  return {
    hooks,
    all,
    focused: (): Listed | null => focused,
    focus,
    add(window: Listed): void {
      open.add(window);
      hooks.created(window);
    },
    remove(window: Listed): void {
      open.delete(window);
      if (focused !== window) return;
      focused = null;
      // The window below comes to the front, as on a desktop.
      const next = all().findLast((other) => other.isVisible() && !other.isMinimized());
      if (next) focus(next);
    },
  };
}

export const windows = createWindowList<ListedWindow>();
