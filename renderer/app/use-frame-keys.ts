import { useEffect, useRef } from 'react';
import type { MenuCommand } from '../../shared/contract/menu-commands.ts';
import { bridge } from '../api/bridge.ts';

const commandOfKey: Readonly<Record<string, MenuCommand>> = { n: 'new-invoice', k: 'palette', ',': 'settings' };

/** Whether what is typed goes into a text. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null;
}

interface FrameKeys {
  readonly command: (command: MenuCommand) => void;
  /** The n-th page of the navigation, from 1. */
  readonly page: (place: number) => void;
}

/** Keys and native menu, wherever the person is; an open dialog keeps `?`, F1 and the pages to itself. */
export function useFrameKeys(keys: FrameKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => bridge().subscribe('menu.chosen', ({ command }) => latest.current.command(command)), []);
  useEffect(() => {
    const inDialog = () => document.querySelector('#overlays [role="dialog"]') !== null;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.altKey || event.isComposing) return;
      if (event.key === 'F1' && !inDialog()) {
        latest.current.command('guide');
        event.preventDefault();
        return;
      }
      const withMod = event.ctrlKey || event.metaKey;
      const command = withMod && !event.shiftKey ? commandOfKey[event.key.toLowerCase()] : undefined;
      const place = withMod && /^[1-9]$/.test(event.key) ? Number(event.key) : 0;
      if (command) latest.current.command(command);
      else if (place > 0 && !inDialog()) latest.current.page(place);
      else if (event.key === '?' && !withMod && !isTyping(event.target) && !inDialog())
        latest.current.command('shortcuts');
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
