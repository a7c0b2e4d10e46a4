import { chanceOf } from '../network/chance.ts';
import type { Bite, FaultOptions } from '../row.ts';
import { type RelayPlantName, relayPlants } from './plants.ts';
import { type Plan, play } from './play.ts';

type Form = Pick<Plan, 'pushes' | 'kills' | 'withDesktop'>;

/**
 * Plays a planted defect until it shows, but not for ever: a kill has to fall into the moment that matters, which few do
 * where a computer is busy.
 */
export async function bite(
  plant: RelayPlantName,
  form: Form,
  mostPlays: number,
  { seed, say, endsAt }: FaultOptions,
): Promise<Bite> {
  const chance = chanceOf(seed, `planted ${plant}`);
  const { name } = relayPlants[plant];
  for (let plays = 1; plays <= mostPlays && Date.now() < endsAt; plays += 1) {
    const { lost } = await play({ ...form, endsAt, chance, plant });
    say(`planted: ${name}: ${lost.length} lost in play ${plays}`);
    if (lost.length > 0) return { name, caught: true };
  }
  return { name, caught: false };
}
