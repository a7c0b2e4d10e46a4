import type { EventMap, EventName } from '../../shared/contract/events.ts';

/** What the preload script gives the page; the only way out of it. */
export interface Bridge {
  /** Answers with a `Result`; rejects only where the program itself is at fault. */
  invoke(name: string, input: unknown): Promise<unknown>;
  /** @returns the function that ends the subscription */
  subscribe<Name extends EventName>(event: Name, callback: (payload: EventMap[Name]) => void): () => void;
  /** Hands a dropped file over to main. Answers with a `Result` of a `ChosenFile`. */
  admitFile(file: File): Promise<unknown>;
  readonly platform: string;
}

/** The bridge of this window. */
export function bridge(): Bridge {
  // The preload script of the same version put it there; nothing else runs before the page.
  return (globalThis as unknown as { readonly bridge: Bridge }).bridge;
}
