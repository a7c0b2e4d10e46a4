import fc from 'fast-check';
import { contract, type OperationName } from '../../../shared/contract/contract.ts';
import { soundRequests } from '../../support/operation-requests.ts';

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  withObjectString: true,
  maxDepth: 4,
});

const naughty = fc.constantFrom(
  '__proto__',
  'constructor',
  '../../etc/passwd',
  "'; DROP TABLE invoice; --",
  '\u0000',
  '\ud800',
  '{{constructor.constructor}}',
  '9'.repeat(400),
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -0,
  2 ** 53,
  1e308,
  -1,
  0.5,
);

const keysOf = (sound: object) => fc.constantFrom(...Object.keys(sound), '__proto__', 'accountId', 'x');

/** A request that fits but for one place. */
const bent = (sound: object) =>
  fc.tuple(keysOf(sound), fc.oneof(anything, naughty)).map(([key, value]) => {
    const copy: Record<string, unknown> = { ...sound };
    Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
    return copy;
  });

/** Inputs that the contract does not take, as a page could send them. */
export function oddInputs(name: OperationName, count: number, seed: number): readonly unknown[] {
  const input = fc.oneof(anything, naughty, bent(soundRequests[name]), bent(soundRequests[name]));
  const isOdd = (value: unknown) => {
    try {
      // Only what gets across: a page cannot send functions or symbols.
      return !contract[name].input.safeParse(structuredClone(value) ?? {}).success;
    } catch {
      return false;
    }
  };
  return fc.sample(input, { numRuns: count, seed }).filter(isOdd);
}
