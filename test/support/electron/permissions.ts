import type { Session, Streams, WebContents, WebFrameMain } from 'electron';
import { chromium } from './runtime.ts';

type RequestHandler = Parameters<Session['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<Session['setPermissionCheckHandler']>[0];
type DisplayHandler = Parameters<Session['setDisplayMediaRequestHandler']>[0];
export type Handlers = { request: RequestHandler; check: CheckHandler; display: DisplayHandler };
export type Asking = { webContents: WebContents; frame: WebFrameMain; innerUrl: string; permission: string };

/** What the app's session handlers say; the defaults are Electron's: everything is granted, no screen is shared. */
export const handlers: Handlers = { request: null, check: null, display: null };

// Electron's names that a page's permissions.query() has no word for, and the words DevTools takes.
const DESCRIPTORS: Record<string, string[]> = {
  media: ['camera', 'microphone'],
  'display-capture': ['display-capture'],
  'clipboard-read': ['clipboard-read'],
};

function isMedia(name: string): boolean {
  return name === 'camera' || name === 'microphone';
}

async function tellChromium({ innerUrl, permission }: Asking, granted: boolean): Promise<void> {
  const origin = new URL(innerUrl).origin;
  if (origin === 'null') return;
  const setting = granted ? 'granted' : 'denied';
  const names = DESCRIPTORS[permission] ?? [permission];
  const { devtools } = chromium();
  const jobs = names.map((name) => devtools.send('Browser.setPermission', { permission: { name }, setting, origin }));
  // A name that Chromium does not know stays as it is there.
  await Promise.allSettled(jobs);
}

function askDisplay({ frame }: Asking): Promise<boolean> {
  const { display } = handlers;
  if (!display) return Promise.resolve(false);
  const request = {
    frame,
    securityOrigin: frame.origin,
    videoRequested: true,
    audioRequested: false,
    userGesture: true,
  };
  return new Promise((resolve) => {
    void display(request, (streams: Streams | null) => resolve(Boolean(streams?.video ?? streams?.audio)));
  });
}

function askHandler(asking: Asking): Promise<boolean> {
  const { request } = handlers;
  if (asking.permission === 'display-capture') return askDisplay(asking);
  if (!request) return Promise.resolve(true);
  const { webContents, frame, permission } = asking;
  const details = { requestingUrl: frame.url, isMainFrame: true };
  const name = permission as Parameters<NonNullable<RequestHandler>>[1];
  return new Promise((resolve) => request(webContents, name, resolve, details as never));
}

/** A page is about to use something that needs a permission. */
export async function requestPermission(asking: Asking): Promise<boolean> {
  const granted = await askHandler(asking);
  await tellChromium(asking, granted);
  return granted;
}

/** A page only wants to know how things stand (navigator.permissions.query). */
export async function checkPermission(asking: Asking): Promise<boolean> {
  const name = isMedia(asking.permission) ? 'media' : asking.permission;
  const { frame, webContents } = asking;
  const details = { requestingUrl: frame.url, isMainFrame: true };
  const granted = handlers.check?.(webContents, name as never, frame.origin, details as never) ?? true;
  await tellChromium(asking, granted);
  return granted;
}
