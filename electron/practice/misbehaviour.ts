import type { Misbehaviour } from './practice-types.ts';

export interface Misbehaviours {
  add(misbehaviour: Misbehaviour): void;
  clear(): void;
  /** What is to go wrong with this call; uses up one of its times. */
  next(path: string): Misbehaviour | undefined;
  list(): readonly Misbehaviour[];
}

/** Mulberry32: a small generator whose whole state is its seed, so that a run can be repeated. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function createMisbehaviours(): Misbehaviours {
  let rules: { readonly rule: Misbehaviour; skip: number; left: number; readonly random: () => number }[] = [];
  return {
    add(rule) {
      rules.push({ rule, skip: rule.skip, left: rule.times, random: createRandom(rule.seed) });
    },
    clear() {
      rules = [];
    },
    next(path) {
      for (const entry of rules) {
        if (entry.left === 0 || !path.startsWith(entry.rule.path)) continue;
        if (entry.skip > 0) {
          entry.skip -= 1;
          continue;
        }
        if (entry.rule.probability < 1 && entry.random() >= entry.rule.probability) continue;
        entry.left -= 1;
        return entry.rule;
      }
      return undefined;
    },
    list: () => rules.filter(({ left }) => left > 0).map(({ rule, left }) => ({ ...rule, times: left })),
  };
}

const processedByDefault: Readonly<Record<Misbehaviour['kind'], boolean>> = {
  errcode: false,
  'delay-ms': true,
  'drop-before': false,
  'drop-after': true,
  'token-expired': false,
  'garbage-body': true,
  'html-200': true,
  'http-status': false,
  'truncated-body': true,
  'wrong-content-length': true,
  'gzip-junk': true,
  'slow-drip': true,
  'late-reply': true,
  hang: false,
};

/** Whether the work is done behind the wrong answer. */
export function isProcessed(rule: Misbehaviour): boolean {
  // Right answers whose path or pace is disturbed have no other choice.
  if (rule.kind === 'delay-ms' || rule.kind === 'slow-drip' || rule.kind === 'late-reply') return true;
  return rule.processed ?? processedByDefault[rule.kind];
}
