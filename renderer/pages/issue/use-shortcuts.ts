import { useEffect, useRef } from 'react';

interface Shortcuts {
  /** Ctrl or Cmd + Enter */
  readonly issue: () => void;
  /** Ctrl or Cmd + S */
  readonly save: () => void;
}

/** The keys of the page; an open dialog keeps them to itself. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const act = event.key === 'Enter' ? latest.current.issue : event.key === 's' ? latest.current.save : undefined;
      if (!act) return;
      event.preventDefault();
      const inDialog = event.target instanceof Element && event.target.closest('#overlays') !== null;
      if (!inDialog) act();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
