import type { Clock } from './clock.ts';

const progressEveryMs = 100;

/**
 * Says whether progress is to be told now: at most ten times a second.
 * @returns asked with whether it is the first or the last of a work, which is told in any case
 */
export function createProgressGate(clock: Clock): (isEdge: boolean) => boolean {
  let toldAt = 0;
  return (isEdge) => {
    const now = clock.now();
    if (!isEdge && now - toldAt < progressEveryMs) return false;
    toldAt = now;
    return true;
  };
}
