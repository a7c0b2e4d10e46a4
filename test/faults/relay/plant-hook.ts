/** Preloaded into a process (`--import`): puts the defect named in FAULT_PLANT into its source as it is loaded. */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { plantInto } from '../source-plant.ts';
import { type RelayPlantName, relayPlants } from './plants.ts';

const plant = relayPlants[process.env['FAULT_PLANT'] as RelayPlantName]; // given by children.ts only
const root = join(import.meta.dirname, '..', '..', '..');
const url = pathToFileURL(join(root, plant.file)).href;

registerHooks({
  load(requested, context, next) {
    const loaded = next(requested, context);
    if (requested !== url) return loaded;
    return { ...loaded, source: plantInto(plant, String(loaded.source)) };
  },
});
