import { describe, expect, it } from 'vitest';
import { openDisk, simulate } from '../../faults/simulation/simulate.ts';

// A handful; `npm run test:faults R3` plays thousands, and is shown to catch planted defects.
const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

describe('the issuing core in a simulated world', () => {
  it('keeps every rule while everything goes wrong, and settles everything in the end', async () => {
    const disk = openDisk();
    for (const seed of seeds) {
      const outcome = await simulate(disk, seed, 100);
      expect(outcome).not.toHaveProperty('reason');
      expect(outcome).toHaveProperty('steps', 100);
    }
    disk.database.close();
  });

  it('does the same again for the same seed', async () => {
    const outcomes = [await simulate(openDisk(), 7, 200), await simulate(openDisk(), 7, 200)];
    expect(outcomes[0]).toEqual(outcomes[1]);
  });
});
