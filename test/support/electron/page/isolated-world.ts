// Runs in the isolated world: the `electron` module of a sandboxed preload, and the preload itself.
import { standInAskSync } from './ask-sync.ts';
import { decode, encode } from './codec.ts';
import { linkWorlds } from './world-link.ts';

type Listener = (event: unknown, ...args: unknown[]) => void;
type Incoming = { reply?: number; value?: unknown; error?: string; channel?: string; args?: unknown[] };
type Waiting = { resolve(value: unknown): void; reject(reason: Error): void };
type PreloadProcess = Record<string, unknown>;
type Preload = (require: (name: string) => unknown, module: object, exports: object, process: object) => void;
type Settings = { nonce: string; process: PreloadProcess; preload: Preload };
type Post = (message: Record<string, unknown>) => void;

function guarded<T extends object>(target: T, name: string): T {
  const check = (key: PropertyKey): void => {
    const known = key in target || typeof key === 'symbol' || key === 'then' || key === 'toJSON';
    if (!known) throw new Error(`stand-in: electron.${name}.${String(key)} is not modelled`);
  };
  return new Proxy(target, {
    get(object, key, receiver) {
      check(key);
      return Reflect.get(object, key, receiver);
    },
  });
}

function cloned(args: unknown[]): unknown[] {
  try {
    return structuredClone(args);
  } catch {
    throw new Error('An object could not be cloned.');
  }
}

/** Requests to Node and their answers. */
function makeRequests(post: Post) {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  const request = (message: Record<string, unknown>): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      post({ ...message, id });
    });
  const settle = ({ reply, error, value }: Incoming): void => {
    const waiter = waiting.get(reply ?? 0);
    waiting.delete(reply ?? 0);
    if (error === undefined) waiter?.resolve(value);
    else waiter?.reject(new Error(error));
  };
  return { request, settle };
}

function makeIpcRenderer(post: Post, request: (message: Record<string, unknown>) => Promise<unknown>) {
  const listeners = new Map<string, Listener[]>();
  const off = (channel: string, listener: Listener) => {
    const left = (listeners.get(channel) ?? []).filter((known) => known !== listener);
    listeners.set(channel, left);
    return ipcRenderer;
  };
  const on = (channel: string, listener: Listener) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    return ipcRenderer;
  };
  const once = (channel: string, listener: Listener) => {
    const first: Listener = (event, ...args) => {
      off(channel, first);
      listener(event, ...args);
    };
    return on(channel, first);
  };
  const target = {
    invoke: async (channel: string, ...args: unknown[]) => request({ kind: 'invoke', channel, args: cloned(args) }),
    send: (channel: string, ...args: unknown[]) => post({ kind: 'send', channel, args: cloned(args) }),
    on,
    addListener: on,
    once,
    off,
    removeListener: off,
    removeAllListeners: (channel: string) => {
      listeners.delete(channel);
      return ipcRenderer;
    },
    listenerCount: (channel: string) => listeners.get(channel)?.length ?? 0,
  };
  const ipcRenderer: typeof target = guarded(target, 'ipcRenderer');
  const deliver = ({ channel, args }: Incoming): void => {
    const event = { sender: ipcRenderer, ports: [] };
    for (const listener of [...(listeners.get(channel ?? '') ?? [])]) listener(event, ...(args ?? []));
  };
  return { ipcRenderer, deliver };
}

function makeContextBridge(nonce: string, ask: (permission: string, checkOnly?: boolean) => Promise<unknown>) {
  const link = linkWorlds('isolated', nonce);
  const names = new Set<string>();
  const queue: [string, unknown][] = [['permissions', link.pack(ask)]];
  let linked = false;
  const fire = (kind: string, detail: unknown): void => {
    if (linked) link.fire(kind, detail);
    else queue.push([kind, detail]);
  };
  link.on('hello', () => {
    linked = true;
    for (const [kind, detail] of queue.splice(0)) link.fire(kind, detail);
  });
  link.fire('ping', 0);
  const exposeInMainWorld = (key: string, api: unknown): void => {
    if (names.has(key)) throw new Error(`Cannot bind an API on top of an existing property on the window object`);
    names.add(key);
    fire('expose', { key, api: link.pack(api) });
  };
  return guarded({ exposeInMainWorld }, 'contextBridge');
}

function makeWebUtils(nonce: string) {
  const getPathForFile = (file: unknown): string => {
    if (file instanceof File) return String(standInAskSync({ kind: 'path-of-file', file }, nonce));
    throw new TypeError('getPathForFile expected to receive a File object but one was not provided.');
  };
  return guarded({ getPathForFile }, 'webUtils');
}

function makeWebFrame(post: Post) {
  let factor = 1;
  const setZoomFactor = (value: number): void => {
    factor = value;
    post({ kind: 'zoom', factor: value });
  };
  const setZoomLevel = (level: number): void => setZoomFactor(1.2 ** level);
  const getZoomLevel = (): number => Math.log(factor) / Math.log(1.2);
  return guarded({ setZoomFactor, getZoomFactor: () => factor, setZoomLevel, getZoomLevel }, 'webFrame');
}

export function startIsolatedWorld({ nonce, process, preload }: Settings): void {
  const world = globalThis as unknown as Record<string, unknown>;
  const native = world[`${nonce}send`] as (text: string) => void;
  const post: Post = (message) => native(encode({ ...message, url: location.href }));
  const { request, settle } = makeRequests(post);
  const { ipcRenderer, deliver } = makeIpcRenderer(post, request);
  world[`${nonce}receive`] = (text: string) => {
    const message = decode(text) as Incoming;
    if (message.reply === undefined) deliver(message);
    else settle(message);
  };
  const contextBridge = makeContextBridge(nonce, (permission, checkOnly) =>
    request({ kind: 'permission', permission, checkOnly: checkOnly === true }),
  );
  const modules = { ipcRenderer, contextBridge, webUtils: makeWebUtils(nonce), webFrame: makeWebFrame(post) };
  const electron = guarded(modules, 'renderer');
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer' || name === 'electron/common') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const module = { exports: {} };
  try {
    preload(require, module, module.exports, process);
  } catch (error) {
    console.error('Unable to load preload script', error);
  }
}
