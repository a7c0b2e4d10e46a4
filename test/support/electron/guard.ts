/** Names that runtimes, loggers and Playwright look up on every object without meaning to use them. */
const PROBES = new Set(['then', 'toJSON', 'nodeType', 'tagName', 'domain', 'inspect', 'asymmetricMatch', '$$typeof']);

export class NotModelledError extends Error {
  constructor(name: string) {
    super(`stand-in: ${name} is not modelled`);
    this.name = 'NotModelledError';
  }
}

/** Fails at once where real Electron has something that the stand-in lacks; never a silent undefined. */
export function notModelled(name: string): never {
  throw new NotModelledError(name);
}

/** Wraps an object so that reading or writing a member it does not have throws. */
export function guard<T extends object>(target: T, name: string): T {
  const unknown = (key: PropertyKey): boolean => typeof key === 'string' && !(key in target) && !PROBES.has(key);
  return new Proxy(target, {
    get(object, key, receiver) {
      if (unknown(key)) notModelled(`${name}.${String(key)}`);
      return Reflect.get(object, key, receiver);
    },
    set(object, key, value, receiver) {
      if (unknown(key)) notModelled(`${name}.${String(key)}`);
      return Reflect.set(object, key, value, receiver);
    },
  });
}

/** Base of modelled classes that emit nothing: `this` is the guarded object from the subclass's first line on. */
export class Guarded {
  constructor(name: string) {
    // biome-ignore lint/correctness/noConstructorReturn: the guard must be what every caller holds.
    return guard<Guarded>(this, name);
  }
}
