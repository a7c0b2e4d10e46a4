import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Settings } from '../../shared/contract/app-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { Result } from '../../shared/result.ts';
import { call } from '../api/call.ts';
import type { Appearance, Wishes } from './tokens.ts';

interface SettingsAccess {
  readonly settings: Settings;
  /** Stores the change; what is shown follows the answer. */
  readonly change: (change: Partial<Settings>) => Promise<Result<Settings, AppError>>;
}

const SettingsContext = createContext<SettingsAccess | null>(null);

export function SettingsProvider({
  settings,
  children,
}: {
  readonly settings: Settings;
  readonly children: ReactNode;
}) {
  const client = useQueryClient();
  const change = useCallback(
    async (part: Partial<Settings>) => {
      const answer = await call('settings.write', part);
      if (answer.ok) client.setQueryData(['settings.read', {}], answer.value);
      return answer;
    },
    [client],
  );
  const access = useMemo(() => ({ settings, change }), [settings, change]);
  return <SettingsContext value={access}>{children}</SettingsContext>;
}

export function useSettings(): SettingsAccess {
  const access = use(SettingsContext);
  if (!access) throw new Error('useSettings outside of SettingsProvider');
  return access;
}

function useMedia(query: string): boolean {
  const media = useMemo(() => window.matchMedia(query), [query]);
  const subscribe = useCallback(
    (listener: () => void) => {
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    [media],
  );
  return useSyncExternalStore(subscribe, () => media.matches);
}

/** Light or dark, by the setting or, where that says so, by the system. */
export function useAppearance(theme: Settings['theme']): Appearance {
  const systemIsDark = useMedia('(prefers-color-scheme: dark)');
  if (theme !== 'system') return theme;
  return systemIsDark ? 'dark' : 'light';
}

/** Whether the person asked the system for less movement, and for more contrast. */
export function useWishes(): Wishes {
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const sharp = useMedia('(prefers-contrast: more), (forced-colors: active)');
  return useMemo(() => ({ still, sharp }), [still, sharp]);
}
