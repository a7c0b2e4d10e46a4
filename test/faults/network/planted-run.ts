/** Plays the cases that must show the defect of FAULT_PLANT, and writes what contradicts the ledger to stdout as JSON. */

import { findPlant } from './plants.ts';
import { allFaults, playAll } from './play-all.ts';

const { shownBy } = findPlant(process.env['FAULT_PLANT'] ?? '');
const found: string[] = [];
await playAll({
  seed: Number(process.argv[2]),
  each: 2,
  faults: allFaults.filter(({ name }) => shownBy.test(name)),
  isEnough: () => found.length > 0,
  onPlayed: ({ id, faults }) => found.push(...faults.map((fault) => `${id}: ${fault}`)),
});
process.stdout.write(JSON.stringify(found));
