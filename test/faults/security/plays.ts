import { importPlanted } from '../planted-import.ts';
import type { Bite, FaultOptions } from '../row.ts';
import type { SourcePlant } from '../source-plant.ts';

/** What a trial found: how many cases it played, and of which of them the outcome was wrong. */
export interface Played {
  readonly cases: number;
  readonly wrong: readonly string[];
}

/** Plays it once more with each defect: it has to find something then. */
export async function biteAll<Plant extends SourcePlant>(
  plants: readonly Plant[],
  play: (plant: Plant) => Promise<Played>,
  say: FaultOptions['say'],
): Promise<Bite[]> {
  const bites: Bite[] = [];
  for (const plant of plants) {
    const { wrong } = await play(plant);
    say(`planted: ${plant.name} → ${wrong[0] ?? 'nothing was noticed'}`);
    bites.push({ name: plant.name, caught: wrong.length > 0 });
  }
  return bites;
}

/** The module of the shell, with Electron's part kept by `electron-shell.ts`. */
export const importShell = (entry: string, plant: SourcePlant | undefined) =>
  importPlanted(entry, plant, { electron: new URL('electron-shell.ts', import.meta.url).href });
