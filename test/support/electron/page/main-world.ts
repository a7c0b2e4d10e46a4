// Runs in the page's own world before its scripts: receives what the preload exposes, and asks about permissions.
import { standInAskSync } from './ask-sync.ts';
import { linkWorlds } from './world-link.ts';

type Ask = (permission: string, checkOnly?: boolean) => Promise<boolean>;
type AnyFunction = (...args: never[]) => unknown;

function deepFreeze(value: unknown): unknown {
  const kind = Object.prototype.toString.call(value);
  if ((kind === '[object Object]' || kind === '[object Array]') && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value as object)) deepFreeze(item);
  }
  return value;
}

function replace<T extends object, K extends keyof T & string>(
  owner: T | undefined,
  key: K,
  make: (real: T[K]) => T[K],
) {
  const real = owner?.[key];
  if (owner && real) Object.defineProperty(owner, key, { value: make(real), writable: true, configurable: true });
}

/** Calls that give a promise: refused as Chromium does, or passed on. */
function gatePromise<T extends object>(
  owner: T | undefined,
  key: keyof T & string,
  permission: string,
  ask: Ask,
): void {
  replace(owner, key, (real) => {
    const gated = async function (this: unknown, ...args: never[]): Promise<unknown> {
      if (await ask(permission)) return (real as AnyFunction).apply(this, args);
      throw new DOMException('Permission denied', 'NotAllowedError');
    };
    return gated as T[keyof T & string];
  });
}

function gateGeolocation(key: 'getCurrentPosition' | 'watchPosition', ask: Ask): void {
  replace(globalThis.Geolocation?.prototype, key, (real) => {
    const gated = function (this: Geolocation, ...args: Parameters<Geolocation['getCurrentPosition']>): void {
      void ask('geolocation').then((granted) => {
        const denied = { code: 1, message: 'User denied Geolocation', PERMISSION_DENIED: 1 };
        if (granted) real.apply(this, args);
        else args[1]?.(denied as GeolocationPositionError);
      });
    };
    return gated as Geolocation[typeof key];
  });
}

function gateNotifications(ask: Ask): void {
  replace(globalThis.Notification, 'requestPermission', () => async (callback?: NotificationPermissionCallback) => {
    const answer = (await ask('notifications')) ? 'granted' : 'denied';
    callback?.(answer);
    return answer;
  });
}

/** Node sets the state that the check handler says, then Chromium answers by itself. */
function gateQuery(ask: Ask): void {
  replace(globalThis.Permissions?.prototype, 'query', (real) => {
    return async function (this: Permissions, descriptor) {
      await ask(String(descriptor?.name), true);
      return real.call(this, descriptor);
    };
  });
}

function gatePermissions(ask: Ask): void {
  gateQuery(ask);
  gateGeolocation('getCurrentPosition', ask);
  gateGeolocation('watchPosition', ask);
  gateNotifications(ask);
  gatePromise(globalThis.MediaDevices?.prototype, 'getUserMedia', 'media', ask);
  gatePromise(globalThis.MediaDevices?.prototype, 'getDisplayMedia', 'display-capture', ask);
  gatePromise(globalThis.Clipboard?.prototype, 'readText', 'clipboard-read', ask);
  gatePromise(globalThis.Clipboard?.prototype, 'read', 'clipboard-read', ask);
  gatePromise(globalThis.Navigator?.prototype, 'requestMIDIAccess', 'midi', ask);
}

/** Asks before anything is opened, so that nothing, not even for a moment, is there of a window that is denied. */
function makeGatedOpen(nonce: string): typeof window.open {
  const open = window.open.bind(window);
  return (url, target, features) => {
    const frameName = target ?? '';
    const absolute = url === undefined || url === '' ? 'about:blank' : new URL(url, document.baseURI).href;
    if (standInAskSync({ kind: 'window-open', url: absolute, frameName }, nonce) !== true) return null;
    // Always a window: as a tab it would hide the page that it comes from.
    return open(absolute, target, features ? `${features},popup` : 'popup');
  };
}

function opensElsewhere(link: HTMLAnchorElement | HTMLAreaElement, event: MouseEvent): boolean {
  const target = link.target || document.querySelector('base')?.target || '_self';
  const modified = event.button === 1 || event.ctrlKey || event.metaKey || event.shiftKey;
  return link.href !== '' && (modified || !['_self', '_top', '_parent', window.name].includes(target));
}

/** Links that open windows go the same way. On the window and bubbling: the page's own listeners come first. */
function gateLinks(gatedOpen: typeof window.open): void {
  const onClick = (event: MouseEvent): void => {
    const isLink = (node: EventTarget) => node instanceof HTMLAnchorElement || node instanceof HTMLAreaElement;
    const link = event.composedPath().find(isLink);
    if (!link || event.defaultPrevented || event.button > 1 || !opensElsewhere(link, event)) return;
    event.preventDefault();
    gatedOpen(link.href, link.target || '_blank', /\bopener\b/.test(link.rel) ? '' : 'noopener');
  };
  window.addEventListener('click', onClick);
  window.addEventListener('auxclick', onClick);
}

export function startMainWorld(nonce: string): void {
  const link = linkWorlds('main', nonce);
  let ask: Ask = () => Promise.resolve(false);
  link.on('expose', (detail) => {
    const { key, api } = detail as { key: string; api: unknown };
    const value = deepFreeze(link.unpack(api));
    Object.defineProperty(window, key, { value, enumerable: true, configurable: false, writable: false });
  });
  link.on('permissions', (detail) => {
    ask = link.unpack(detail) as Ask;
  });
  gatePermissions((permission, checkOnly) => ask(permission, checkOnly));
  window.open = makeGatedOpen(nonce);
  gateLinks(window.open);
  // Whichever world starts first, both get to know of each other.
  link.on('ping', () => link.fire('hello', 0));
  link.fire('hello', 0);
}
