import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBeijingDate, formatBeijingDateTime, parseBeijingTime } from '../../../shared/invoice/beijing-time.ts';

// From 2001-09-09, the first 10-digit timestamp, to 2286.
const seconds = fc.integer({ min: 1_000_000_000, max: 9_999_999_999 });
const daySeconds = 86_400;

describe('the Beijing calendar', () => {
  it('has days of 24 hours that follow each other, in every year', () => {
    fc.assert(
      fc.property(seconds, (moment) => {
        const midnight = parseBeijingTime(formatBeijingDate(moment)) ?? Number.NaN;
        expect(moment - midnight).toBeGreaterThanOrEqual(0);
        expect(moment - midnight).toBeLessThan(daySeconds);
        expect(parseBeijingTime(formatBeijingDate(midnight + daySeconds))).toBe(midnight + daySeconds);
        expect(formatBeijingDate(midnight + daySeconds)).not.toBe(formatBeijingDate(midnight));
        expect(formatBeijingDate(midnight + daySeconds - 1)).toBe(formatBeijingDate(midnight));
      }),
      { numRuns: 500 },
    );
  });

  it('orders moments as their texts are ordered', () => {
    fc.assert(
      fc.property(seconds, seconds, (one, other) => {
        expect(formatBeijingDateTime(one) < formatBeijingDateTime(other)).toBe(one < other);
      }),
    );
  });

  it('takes every way of writing a day for the same day', () => {
    fc.assert(
      fc.property(seconds, (moment) => {
        const date = formatBeijingDate(moment);
        const [year, month, day] = date.split('-').map(Number);
        const ways = [
          date.replaceAll('-', '/'),
          date.replaceAll('-', '.'),
          date.replaceAll('-', ''),
          `${year}/${month}/${day}`,
          `${year}年${month}月${day}日`,
          `${date} 00:00`,
          `${date}T0:00:00`,
        ];
        expect(ways.map(parseBeijingTime)).toEqual(ways.map(() => parseBeijingTime(date)));
      }),
      { numRuns: 300 },
    );
  });

  it('has no time for most texts, and a whole number of seconds for the others', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9年月日:/. T-]{0,20}$/)), (text) => {
        const read = parseBeijingTime(text);
        expect(read === undefined || Number.isSafeInteger(read)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
