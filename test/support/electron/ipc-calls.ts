import { setTimeout as sleep } from 'node:timers/promises';
import type { IpcMainEvent, IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron';
import { guard } from './guard.ts';
import { IpcMain, ipcMain } from './ipc-main.ts';

export type Call = { channel: string; args: unknown[]; sender: WebContents; senderFrame: WebFrameMain; ipc: IpcMain };
export type InvokeResult = { value: unknown } | { error: string };

const CANNOT_CLONE = 'An object could not be cloned.';

/** What structured clone makes of a value: plain objects, no accessors, an error for functions. */
export function cloned<T>(value: T): T {
  try {
    return structuredClone(value);
  } catch {
    throw new Error(CANNOT_CLONE);
  }
}

function makeEvent({ sender, senderFrame }: Call, type: string): Record<string, unknown> {
  return { type, sender, senderFrame, frameId: 1, processId: 1, preventDefault() {}, defaultPrevented: false };
}

/** An app must bear that its main process is busy: up to this long an answer is held back, by chance. */
const slowMs = Number(process.env['STANDIN_SLOW_MS'] ?? 0);

export async function callHandler(call: Call): Promise<InvokeResult> {
  const { channel, args, ipc } = call;
  try {
    const handler = IpcMain.handlerOf(ipc, channel) ?? IpcMain.handlerOf(ipcMain, channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    const event = guard(makeEvent(call, 'frame'), 'IpcMainInvokeEvent') as unknown as IpcMainInvokeEvent;
    const value = cloned(await handler(event, ...args));
    if (slowMs > 0) await sleep(Math.random() * slowMs);
    return { value };
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error);
    return { error: `Error invoking remote method '${channel}': ${String(error)}` };
  }
}

export function emitMessage(call: Call): void {
  const { channel, args, sender, ipc } = call;
  const reply = (back: string, ...values: unknown[]): void => sender.send(back, ...values);
  const event = guard({ ...makeEvent(call, 'frame'), reply }, 'IpcMainEvent') as unknown as IpcMainEvent;
  ipc.emit(channel, event, ...args);
  ipcMain.emit(channel, event, ...args);
}
