import { createHash } from 'node:crypto';
import { createRandom, type Random } from '../../../scripts/samples/random.ts';

/** Random numbers of one case alone, so that it plays the same whether it is run among others or by itself. */
export function chanceOf(seed: number, name: string): Random {
  return createRandom(createHash('sha256').update(`${seed} ${name}`).digest().readInt32LE(0));
}
