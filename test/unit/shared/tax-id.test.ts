import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeCreditCode, hasValidCheckCharacter } from '../../../shared/invoice/tax-id.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const first17 = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 17, maxLength: 17 });

describe('the check character of a unified social credit code', () => {
  // The first is the example of GB 32100-2015 itself; the others were computed apart from the program, from powers of 3.
  it.each([['91350100M000100Y43'], ['91440300708461136T'], ['000000000000000000'], ['10000000000000000Y']])(
    'of %s is right',
    (code) => {
      expect(hasValidCheckCharacter(code)).toBe(true);
    },
  );

  it.each([
    ['91350100M000100Y34'],
    ['91350100M000100Y4'],
    ['91350100M000100Y433'],
    ['91350100m000100y43'],
    ['9135O100M000100Y43'],
    ['９1350100M000100Y43'],
    [''],
  ])('of %j is not', (code) => {
    expect(hasValidCheckCharacter(code)).toBe(false);
  });

  it('is the one that completes the first 17', () => {
    fc.assert(
      fc.property(first17, (start) => {
        const code = completeCreditCode(start);
        expect(code).toHaveLength(18);
        expect(code.startsWith(start)).toBe(true);
        expect([...alphabet].filter((last) => hasValidCheckCharacter(start + last))).toEqual([code.at(-1)]);
      }),
    );
  });

  it('no longer fits when one character is another one', () => {
    fc.assert(
      fc.property(first17, fc.nat(17), fc.constantFrom(...alphabet), (start, position, other) => {
        const code = completeCreditCode(start);
        fc.pre(code.charAt(position) !== other);
        expect(hasValidCheckCharacter(code.slice(0, position) + other + code.slice(position + 1))).toBe(false);
      }),
    );
  });

  it('cannot be found for what is not the beginning of a credit code', () => {
    expect(() => completeCreditCode('9135')).toThrow(RangeError);
    expect(() => completeCreditCode('IIIIIIIIIIIIIIIII')).toThrow(RangeError);
  });
});
