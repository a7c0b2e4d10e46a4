import { expect, it } from 'vitest';
import { backUpOnline, copyPlainly, playDrills } from '../../faults/disk/play-drills.ts';
import { chooseSeed } from '../../support/choose-seed.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

it('40 restores of backups that were made while the records were written to are whole', async () => {
  const seed = chooseSeed();
  console.log(`drills: FAPIAO_SEED=${seed}`);
  const { done, failures, writtenMeanwhile } = await playDrills(
    { root: createTempFolder(), seed, count: 40 },
    backUpOnline,
  );
  expect(failures).toEqual([]);
  expect(done).toBe(40);
  // Otherwise nothing was drilled.
  expect(writtenMeanwhile).toBeGreaterThan(40);
}, 180_000);

it('the same drills notice a file that was merely copied', async () => {
  const { failures } = await playDrills({ root: createTempFolder(), seed: 7, count: 5 }, copyPlainly);
  expect(failures).not.toEqual([]);
}, 60_000);
