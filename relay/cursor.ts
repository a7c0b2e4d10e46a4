import type { Position } from './store/store.ts';

/** A place in a channel's pushes, as a desktop keeps it. */
export interface Cursor {
  readonly epoch: string;
  readonly channel: string;
  readonly position: Position;
  /** Of the push at that position; empty at the beginning, where there is none. */
  readonly check: string;
}

const parts = /^([\w-]+)\.([\w-]+)\.([\w-]+)\.([\w-]*)$/;

export function writeCursor({ epoch, channel, position, check }: Cursor): string {
  return [epoch, channel, position, check].join('.');
}

/** @returns undefined for anything that no relay has written */
export function readCursor(text: string): Cursor | undefined {
  const [, epoch, channel, position, check] = parts.exec(text) ?? [];
  if (epoch === undefined || channel === undefined || position === undefined || check === undefined) return undefined;
  return { epoch, channel, position, check };
}
