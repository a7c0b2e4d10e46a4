import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { Bite } from '../row.ts';
import type { Plant } from './plants.ts';

const execute = promisify(execFile);
const here = import.meta.dirname;

interface Chase {
  /** Plays what must show a defect, and writes what it found as JSON. */
  readonly program: 'planted-run.ts' | 'planted-deaths.ts';
  readonly seed: number;
  readonly say: (line: string) => void;
}

async function bite(plant: Plant, { program, seed, say }: Chase, cacheFolder: string): Promise<Bite> {
  const args = ['--import', join(here, 'plant-hook.ts'), join(here, program), String(seed)];
  const env = { ...process.env, FAULT_PLANT: plant.name, NODE_COMPILE_CACHE: cacheFolder };
  const { stdout } = await execute(process.execPath, args, { env, timeout: 120_000, maxBuffer: 64 * 1024 * 1024 });
  const found = z.array(z.string()).parse(JSON.parse(stdout));
  say(`planted: ${plant.name} → ${found[0] ?? 'nothing was noticed'}`);
  return { name: plant.name, caught: found.length > 0 };
}

/** Each planted defect in a process of its own, two side by side. */
export async function biteAll(plants: readonly Plant[], chase: Chase): Promise<Bite[]> {
  // Most of what such a process does is to compile the same sources.
  const cacheFolder = await mkdtemp(join(tmpdir(), 'fapiao-compiled-'));
  try {
    const bites: Bite[] = [];
    const left = [...plants];
    const worker = async () => {
      for (let plant = left.shift(); plant; plant = left.shift()) bites.push(await bite(plant, chase, cacheFolder));
    };
    await Promise.all([worker(), worker()]);
    return bites;
  } finally {
    await rm(cacheFolder, { recursive: true, force: true });
  }
}
