/** Stands in for the module `electron` where the window's guards are tried: it keeps what they registered, and does nothing. */
import { EventEmitter } from 'node:events';

type Handler = (event: object, input: unknown) => unknown;

interface Registered {
  readonly app: EventEmitter;
  readonly handlers: Map<string, Handler>;
  readonly opened: string[];
}

/** One for the whole process: the guards are loaded anew for each planted defect. */
const shared = globalThis as { fapiaoShell?: Registered };
shared.fapiaoShell ??= { app: new EventEmitter(), handlers: new Map(), opened: [] };
export const registered: Registered = shared.fapiaoShell;

export const { app } = registered;
export const ipcMain = {
  handle: (channel: string, handler: Handler): void => void registered.handlers.set(channel, handler),
};
export const shell = {
  openExternal: async (url: string): Promise<void> => void registered.opened.push(url),
};
export const protocol = { registerSchemesAsPrivileged(): void {} };
