import type { Session } from 'electron';
import { guard } from './guard.ts';
import { handlers } from './permissions.ts';
import { protocol } from './protocol.ts';

/** The one session; cookies, caches and partitions are Chromium's own affair here. */
const modelled = {
  protocol,
  setPermissionRequestHandler: (handler: typeof handlers.request) => {
    handlers.request = handler;
  },
  setPermissionCheckHandler: (handler: typeof handlers.check) => {
    handlers.check = handler;
  },
  setDisplayMediaRequestHandler: (handler: typeof handlers.display) => {
    handlers.display = handler;
  },
  // Devices are not modelled, so nobody asks; setting a handler that refuses is right in any case.
  setDevicePermissionHandler: () => {},
  setSpellCheckerEnabled: () => {},
  setSpellCheckerLanguages: () => {},
  isPersistent: () => true,
  on: () => modelled,
};

export const defaultSession = guard(modelled, 'session.defaultSession') as unknown as Session;

export const session = guard({ defaultSession }, 'session');
