export interface Random {
  /** A whole number from 0 up to, not including, the limit. */
  below(limit: number): number;
  digits(count: number): string;
  pick<Value>(values: readonly Value[]): Value;
}

/** Repeatable random numbers (mulberry32): the samples must come out byte for byte alike. */
export function createRandom(seed: number): Random {
  let state = seed;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
  return {
    below,
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
    pick: (values) => {
      const value = values[below(values.length)];
      if (value === undefined) throw new RangeError('nothing to pick from');
      return value;
    },
  };
}
