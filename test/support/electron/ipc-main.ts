import type { IpcMainInvokeEvent } from 'electron';
import { GuardedEmitter } from './guarded-emitter.ts';

export type InvokeHandler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

export class IpcMain extends GuardedEmitter {
  readonly #handlers = new Map<string, InvokeHandler>();

  constructor(name: string) {
    super(name);
  }

  handle(channel: string, handler: InvokeHandler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof handler !== 'function')
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    this.#handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: InvokeHandler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** Not Electron's: how the page's calls find their handler. */
  static handlerOf(ipc: IpcMain, channel: string): InvokeHandler | undefined {
    return ipc.#handlers.get(channel);
  }
}

export const ipcMain = new IpcMain('ipcMain');
