import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the memory of a long batch near that of a short one. What waits for an answer outlives the young generation, and by
 * its own rules V8 lets the old one grow to several times of what is alive before it looks there, while it widens the young
 * one step by step. Both rules are read at each collection, so that they can be set at the start of a program.
 */
export function keepHeapSmall(): void {
  // The old generation is collected when it is a fifth larger than what was alive.
  setFlagsFromString('--heap-growing-percent=20');
  setFlagsFromString('--semi-space-growth-factor=1');
}
