import { EventEmitter } from 'node:events';
import { guard, notModelled } from './guard.ts';

/** Base of the modelled classes: `this` is the guarded object from the first line of the subclass on. */
export class GuardedEmitter extends EventEmitter {
  /** `events`: the events that can be listened to; waiting for one that never comes would fail silently. */
  constructor(name: string, events?: readonly string[]) {
    super();
    const known = events && new Set<string | symbol>(events);
    super.on('newListener', (event) => {
      if (known && !known.has(event)) notModelled(`${name}.on('${String(event)}')`);
    });
    // biome-ignore lint/correctness/noConstructorReturn: the guard must be what every caller holds.
    return guard(this, name);
  }
}

export type PreventableEvent = { preventDefault(): void; readonly defaultPrevented: boolean };

/** An event object as Electron's: a listener may call preventDefault, the emitter looks at defaultPrevented. */
export function preventable<T extends object>(details: T): T & PreventableEvent {
  let prevented = false;
  const base = {
    preventDefault() {
      prevented = true;
    },
    get defaultPrevented() {
      return prevented;
    },
  };
  // Not Object.assign(base, …): it would be fine, but getters of `details` (url of a frame) must stay live.
  return Object.defineProperties(base, Object.getOwnPropertyDescriptors(details)) as T & PreventableEvent;
}
