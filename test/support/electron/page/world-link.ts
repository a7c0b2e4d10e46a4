// Links the page's world and the preload's isolated world as contextBridge does. Runs in both worlds, in the page only.
// Chromium clones the `detail` of a CustomEvent between worlds; functions and promises become stubs of the other side.

export type Side = 'main' | 'isolated';
export type WorldLink = {
  on(kind: string, listener: (detail: unknown) => void): void;
  fire(kind: string, detail: unknown): void;
  pack(value: unknown): unknown;
  unpack(value: unknown): unknown;
};

type Settle = { id: number; ok: boolean; value: unknown };
type Call = { id: number; args: unknown };
type Outcome = { ok: boolean; value: unknown };
type Functions = Map<number, (...args: unknown[]) => unknown>;
type Settlers = Map<number, { resolve(value: unknown): void; reject(reason: unknown): void }>;

const CANNOT_CLONE = 'An object could not be cloned.';
// Taken before any script of the page can replace them.
const NativeCustomEvent = CustomEvent;
const dispatch = document.dispatchEvent.bind(document);
const listen = document.addEventListener.bind(document);

function kindOf(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Copies a value for the other world: own enumerable properties only, prototypes are lost, symbols cannot cross. */
function makePack(link: { settle(promise: Promise<unknown>): number; register(fn: () => unknown): number }) {
  const pack = (value: unknown, seen = new Map<object, unknown>()): unknown => {
    if (typeof value === 'symbol') throw new Error(CANNOT_CLONE);
    if (typeof value === 'function') return { $function: link.register(value as () => unknown) };
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Promise) return { $promise: link.settle(value) };
    if (value instanceof Error) return { $error: value.message };
    const kind = kindOf(value);
    if (kind !== 'Object' && kind !== 'Array') return value;
    const earlier = seen.get(value);
    if (earlier) return earlier;
    const copy: Record<string, unknown> | unknown[] = kind === 'Array' ? [] : {};
    seen.set(value, copy);
    for (const [key, item] of Object.entries(value)) (copy as Record<string, unknown>)[key] = pack(item, seen);
    return copy;
  };
  return pack;
}

function makeUnpack(link: { call(id: number, args: unknown[]): unknown; wait(id: number): Promise<unknown> }) {
  const unpack = (value: unknown, seen = new Set<object>()): unknown => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return value;
    const stub = value as { $function?: number; $promise?: number; $error?: string };
    const { $function, $promise } = stub;
    if ($function !== undefined) return (...args: unknown[]) => link.call($function, args);
    if ($promise !== undefined) return link.wait($promise);
    if (stub.$error !== undefined) return new Error(stub.$error);
    const kind = kindOf(value);
    if (kind !== 'Object' && kind !== 'Array') return value;
    seen.add(value);
    const record = value as Record<string, unknown>;
    for (const key of Object.keys(record)) record[key] = unpack(record[key], seen);
    return value;
  };
  return unpack;
}

/** Serves calls from the other world and collects the outcomes of calls into it. */
function serveCalls(link: WorldLink, functions: Functions, settlers: Settlers, outcomes: Outcome[]): void {
  link.on('call', (detail) => {
    let outcome: Outcome;
    try {
      if (!detail) throw new Error(CANNOT_CLONE); // Chromium hands over null for what it cannot clone
      const { id, args } = detail as Call;
      const result = functions.get(id)?.(...(link.unpack(args) as unknown[]));
      outcome = { ok: true, value: link.pack(result) };
    } catch (error) {
      outcome = { ok: false, value: { $error: messageOf(error) } };
    }
    link.fire('outcome', outcome);
  });
  link.on('outcome', (detail) =>
    outcomes.push((detail as Outcome | null) ?? { ok: false, value: { $error: CANNOT_CLONE } }),
  );
  link.on('settle', (detail) => {
    const { id, ok, value } = detail as Settle;
    const settler = settlers.get(id);
    settlers.delete(id);
    if (ok) settler?.resolve(link.unpack(value));
    else settler?.reject(link.unpack(value));
  });
}

export function linkWorlds(me: Side, nonce: string): WorldLink {
  const peer = me === 'main' ? 'isolated' : 'main';
  const functions: Functions = new Map();
  const settlers: Settlers = new Map();
  const outcomes: Outcome[] = [];
  let last = 0;
  const fire = (kind: string, detail: unknown): void => {
    dispatch(new NativeCustomEvent(`${nonce}-${peer}-${kind}`, { detail }));
  };
  const settle = (promise: Promise<unknown>): number => {
    const id = ++last;
    const send = (ok: boolean) => (value: unknown) => {
      try {
        fire('settle', { id, ok, value: pack(value) });
      } catch (error) {
        fire('settle', { id, ok: false, value: { $error: messageOf(error) } });
      }
    };
    promise.then(send(true), send(false));
    return id;
  };
  const register = (fn: () => unknown): number => {
    functions.set(++last, fn);
    return last;
  };
  const call = (id: number, args: unknown[]): unknown => {
    const mark = outcomes.length; // calls nest: a callback may call back
    fire('call', { id, args: pack(args) });
    const [outcome] = outcomes.splice(mark);
    if (!outcome) throw new Error(CANNOT_CLONE);
    const value = unpack(outcome.value);
    if (!outcome.ok) throw value;
    return value;
  };
  const wait = (id: number) => new Promise((resolve, reject) => settlers.set(id, { resolve, reject }));
  const pack = makePack({ settle, register });
  const unpack = makeUnpack({ call, wait });
  const on = (kind: string, listener: (detail: unknown) => void): void => {
    const take = (event: Event): void => {
      event.stopImmediatePropagation();
      listener((event as CustomEvent).detail);
    };
    listen(`${nonce}-${me}-${kind}`, take, true);
  };
  const link = { on, fire, pack, unpack };
  serveCalls(link, functions, settlers, outcomes);
  return link;
}
