import { randomBytes } from 'node:crypto';
import type { Chromium } from './chromium.ts';
import type { Params } from './devtools.ts';

/** Part of every name that the stand-in adds to a page, so that the page cannot guess it. */
export const NONCE = `_${randomBytes(8).toString('hex')}`;

export type SessionListener = (method: string, params: Params) => void;

let running: Chromium | undefined;
const listeners = new Map<string, SessionListener>();

export function setChromium(chromium: Chromium): void {
  running = chromium;
}

export function runningChromium(): Chromium | undefined {
  return running;
}

export function chromium(): Chromium {
  if (!running) throw new Error('Chromium is not running yet: wait for app.whenReady()');
  return running;
}

/** DevTools events of one page's session. */
export function listen(sessionId: string, listener: SessionListener): void {
  listeners.set(sessionId, listener);
}

export function unlisten(sessionId: string): void {
  listeners.delete(sessionId);
}

export function dispatch(method: string, params: Params, sessionId: string): void {
  listeners.get(sessionId)?.(method, params);
}
