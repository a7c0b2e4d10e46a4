import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBeijingDate,
  formatBeijingDateTime,
  formatBeijingInstant,
  parseBeijingTime,
} from '../../../shared/invoice/beijing-time.ts';

/** Beijing is eight hours ahead, so its clock shows what UTC will show in eight hours. */
const atBeijing = (year: number, month: number, day: number, hour = 0, minute = 0, second = 0) =>
  Date.UTC(year, month - 1, day, hour - 8, minute, second) / 1000;

describe('reading a Beijing date', () => {
  it.each([
    ['2026-11-23', atBeijing(2026, 11, 23)],
    ['2026/11/23', atBeijing(2026, 11, 23)],
    ['2026.11.23', atBeijing(2026, 11, 23)],
    ['2026/1/5', atBeijing(2026, 1, 5)],
    ['20261123', atBeijing(2026, 11, 23)],
    ['2026年11月23日', atBeijing(2026, 11, 23)],
    ['2026年1月5日', atBeijing(2026, 1, 5)],
    ['  2026-11-23 ', atBeijing(2026, 11, 23)],
    ['2026-11-23 18:30', atBeijing(2026, 11, 23, 18, 30)],
    ['2026-11-23 18:30:59', atBeijing(2026, 11, 23, 18, 30, 59)],
    ['2026-11-23T18:30:59', atBeijing(2026, 11, 23, 18, 30, 59)],
    ['2026/1/5 9:05', atBeijing(2026, 1, 5, 9, 5)],
    ['2026年11月23日 18时30分', atBeijing(2026, 11, 23, 18, 30)],
    ['2026年11月23日 18时30分07秒', atBeijing(2026, 11, 23, 18, 30, 7)],
    ['2024-02-29', atBeijing(2024, 2, 29)],
    ['2026-12-31 23:59:59', atBeijing(2026, 12, 31, 23, 59, 59)],
    ['2026-01-01', atBeijing(2026, 1, 1)],
    ['1795363200', 1_795_363_200],
  ])('takes %j', (text, seconds) => {
    expect(parseBeijingTime(text)).toBe(seconds);
  });

  it.each([
    [''],
    ['   '],
    ['2026-02-30'],
    ['2026-13-01'],
    ['2026-00-10'],
    ['2026-11-00'],
    ['2026-11-31'],
    ['2025-02-29'],
    ['1900-02-29'],
    ['20260230'],
    ['2026-11-23 24:00'],
    ['2026-11-23 24:00:00'],
    ['2026-11-23 12:60'],
    ['2026-11-23 12:30:60'],
    ['2026-11-23 -1:00'],
    ['26-11-23'],
    ['23/11/2026'],
    ['11-23'],
    ['2026-11'],
    ['2026'],
    ['today'],
    ['46349'],
    ['179536320'],
    ['17953632000'],
    ['2026-11-23Z'],
    ['2026-11-23 18:30+00:00'],
  ])('refuses %j', (text) => {
    expect(parseBeijingTime(text)).toBeUndefined();
  });
});

describe('writing a Beijing date', () => {
  it('gives the day and the time of the clock in Beijing', () => {
    const lastSecondOfTheDay = Date.UTC(2026, 10, 23, 15, 59, 59) / 1000;
    expect(formatBeijingDate(lastSecondOfTheDay)).toBe('2026-11-23');
    expect(formatBeijingDateTime(lastSecondOfTheDay)).toBe('2026-11-23 23:59:59');
    expect(formatBeijingDate(lastSecondOfTheDay + 1)).toBe('2026-11-24');
    expect(formatBeijingDateTime(lastSecondOfTheDay + 1)).toBe('2026-11-24 00:00:00');
  });

  it('is that of an instant of the records, to the second begun', () => {
    expect(formatBeijingInstant('2026-11-23T15:59:59.999Z')).toBe('2026-11-23 23:59:59');
  });

  it('is read back as the same second, for every 10-digit timestamp', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000_000, max: 9_999_999_999 }), (seconds) => {
        expect(parseBeijingTime(formatBeijingDateTime(seconds))).toBe(seconds);
        const midnight = parseBeijingTime(formatBeijingDate(seconds));
        expect(midnight).toBe(seconds - ((seconds + 8 * 3600) % 86_400));
      }),
    );
  });
});

describe('the zone of the machine', () => {
  // China kept summer time in the summers of 1986 to 1991; a named zone would bring it back.
  const moments = [
    '1986-05-04',
    '1988-07-01 12:00',
    '1990-09-15 23:59:59',
    '1991-08-08',
    '2026-03-08 02:30',
    '2026-11-23',
  ];
  const module = new URL('../../../shared/invoice/beijing-time.ts', import.meta.url).href;
  const script = `
    const { parseBeijingTime, formatBeijingDateTime } = await import(${JSON.stringify(module)});
    const seconds = ${JSON.stringify(moments)}.map(parseBeijingTime);
    console.log(JSON.stringify({ seconds, texts: seconds.map(formatBeijingDateTime), offset: new Date(2026, 0).getTimezoneOffset() }));`;
  const expected = {
    seconds: [
      atBeijing(1986, 5, 4),
      atBeijing(1988, 7, 1, 12),
      atBeijing(1990, 9, 15, 23, 59, 59),
      atBeijing(1991, 8, 8),
      atBeijing(2026, 3, 8, 2, 30),
      atBeijing(2026, 11, 23),
    ],
    texts: [
      '1986-05-04 00:00:00',
      '1988-07-01 12:00:00',
      '1990-09-15 23:59:59',
      '1991-08-08 00:00:00',
      '2026-03-08 02:30:00',
      '2026-11-23 00:00:00',
    ],
  };

  it.each([
    ['America/New_York', 300],
    ['Asia/Shanghai', -480],
    ['Pacific/Apia', -780],
  ])('changes nothing in %s', (zone, offset) => {
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, TZ: zone },
    });
    expect(JSON.parse(printed)).toEqual({ ...expected, offset });
  });
});
