import { describe, expect, it } from 'vitest';
import { createCrashLimit } from '../../../electron/shell/crash-limit.ts';

/** What the limit says to a crash at each of these seconds. */
function admittedAt(...seconds: readonly number[]): boolean[] {
  let now = 0;
  const limit = createCrashLimit({ now: () => now });
  return seconds.map((second) => {
    now = second * 1000;
    return limit.admits();
  });
}

describe('a page that goes', () => {
  it('may come back twice in a minute, and the third time a person is asked', () => {
    expect(admittedAt(0, 10, 59)).toEqual([true, true, false]);
  });

  it('now and then may always come back', () => {
    expect(admittedAt(0, 31, 62, 93, 124)).toEqual([true, true, true, true, true]);
  });

  it('is asked about as long as it goes on', () => {
    expect(admittedAt(0, 1, 2, 3, 70)).toEqual([true, true, false, false, true]);
  });

  it('is judged anew once a person has decided', () => {
    const limit = createCrashLimit({ now: () => 0 });
    expect([limit.admits(), limit.admits(), limit.admits()]).toEqual([true, true, false]);
    limit.forgive();
    expect([limit.admits(), limit.admits(), limit.admits()]).toEqual([true, true, false]);
  });

  it('is not asked about for what went before the clock was set back', () => {
    expect(admittedAt(10_000, 10_001, 5)).toEqual([true, true, true]);
  });
});
