import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { plantInto, type SourcePlant } from './source-plant.ts';

const root = pathToFileURL(`${join(import.meta.dirname, '..', '..')}/`).href;

/**
 * Loads a module of the project once more, with everything of the project it stands on, with a defect in one of them and
 * with other modules in the place of packages.
 * @param entry from the project's root
 * @param packages by their names: the address of what stands in for them
 * @throws Error where the source has changed and the defect has no place any more
 */
export async function importPlanted(
  entry: string,
  plant: SourcePlant | undefined,
  packages: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, unknown>>> {
  const mark = `?plant=${Buffer.from(plant?.name ?? '').toString('hex')}`;
  let isPlanted = plant === undefined;
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const standIn = packages[specifier];
      if (standIn !== undefined) return { url: standIn, shortCircuit: true };
      const resolved = next(specifier, context);
      const isOurs = resolved.url.startsWith(root) && !resolved.url.includes('/node_modules/');
      return isOurs && context.parentURL?.endsWith(mark) ? { ...resolved, url: `${resolved.url}${mark}` } : resolved;
    },
    load(url, context, next) {
      const loaded = next(url, context);
      if (plant === undefined || url !== `${root}${plant.file}${mark}`) return loaded;
      isPlanted = true;
      return { ...loaded, source: plantInto(plant, String(loaded.source)) };
    },
  });
  try {
    const loaded = (await import(`${root}${entry}${mark}`)) as Readonly<Record<string, unknown>>; // a module is that
    if (!isPlanted) throw new Error(`never loaded: ${plant?.file}`);
    return loaded;
  } finally {
    hooks.deregister();
  }
}
