import { describe, expect, it } from 'vitest';
import { nextCheckAt } from '../../../electron/orders/check-times.ts';

const linkAt = Date.parse('2026-11-01T00:00:00.000Z');
const minute = 60_000;
const day = 24 * 60 * minute;
const gap = (age: number, hasRelay: boolean): number | null => {
  const next = nextCheckAt(linkAt, linkAt + age, hasRelay);
  return next === null ? null : Date.parse(next) - linkAt - age;
};

describe('when WeChat is asked about an order again', () => {
  it.each([
    ['at the counter', 0, 15_000, 10 * minute],
    ['within the hour', 10 * minute, minute, 10 * minute],
    ['on the same day', 60 * minute, 10 * minute, 60 * minute],
    ['in the same week', day, 120 * minute, 360 * minute],
    ['in the same month', 7 * day, 720 * minute, day],
    ['after that', 30 * day, null, null],
  ])('%s', (_, age, alone, besideRelay) => {
    expect(gap(age, false)).toBe(alone);
    expect(gap(age, true)).toBe(besideRelay);
  });

  it('is never sooner as the link gets older, so that orders nobody authorises cost ever less', () => {
    const ages = Array.from({ length: 30 * 24 }, (_, hour) => hour * 60 * minute);
    const gaps = ages.map((age) => gap(age, false) ?? Number.NaN);
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
  });
});
