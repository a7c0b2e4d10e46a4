import { describe, expect, it } from 'vitest';
import { createPace } from '../../../electron/issuing/pace.ts';

function paceAt(start: number) {
  const clock = { now: start };
  return {
    clock,
    pace: createPace(
      8,
      () => clock.now,
      () => 1,
    ),
  };
}

describe('the pace of a batch', () => {
  it('begins at the most it may', () => {
    const { pace } = paceAt(0);
    expect([pace.limit(), pace.waitMs()]).toEqual([8, 0]);
  });

  it('halves at each push back, down to one, and waits twice as long each time', () => {
    const { clock, pace } = paceAt(0);
    const seen = [1, 2, 3, 4, 5].map(() => {
      pace.pushedBack();
      const waited = pace.waitMs();
      clock.now += waited;
      return [pace.limit(), waited];
    });
    expect(seen).toEqual([
      [4, 1000],
      [2, 2000],
      [1, 4000],
      [1, 8000],
      [1, 16_000],
    ]);
  });

  it('never waits longer than a minute', () => {
    const { clock, pace } = paceAt(0);
    for (let push = 0; push < 12; push += 1) {
      pace.pushedBack();
      clock.now += pace.waitMs();
    }
    pace.pushedBack();
    expect(pace.waitMs()).toBe(60_000);
  });

  it('takes pushes that come while it waits already for one', () => {
    const { pace } = paceAt(0);
    for (let push = 0; push < 8; push += 1) pace.pushedBack();
    expect([pace.limit(), pace.waitMs()]).toEqual([4, 1000]);
  });

  it('draws its jitter between half of the wait and the whole', () => {
    const shortest = createPace(
      8,
      () => 0,
      () => 0,
    );
    shortest.pushedBack();
    expect(shortest.waitMs()).toBe(500);
  });

  it('grows again by one after as many successes as it allows at once, and never beyond the most', () => {
    const { pace } = paceAt(0);
    pace.pushedBack();
    const limits = Array.from({ length: 40 }, () => {
      pace.succeeded();
      return pace.limit();
    });
    expect(limits.slice(0, 9)).toEqual([4, 4, 4, 5, 5, 5, 5, 5, 6]);
    expect(limits.at(-1)).toBe(8);
  });

  it('forgets the pushes of before once something succeeds', () => {
    const { clock, pace } = paceAt(0);
    pace.pushedBack();
    clock.now += pace.waitMs();
    pace.succeeded();
    pace.pushedBack();
    expect(pace.waitMs()).toBe(1000);
  });
});
