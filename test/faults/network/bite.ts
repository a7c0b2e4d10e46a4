import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { Bite } from '../row.ts';
import type { Plant } from './plants.ts';

const execute = promisify(execFile);
const here = import.meta.dirname;

async function bite(plant: Plant, program: string, seed: number, say: (line: string) => void): Promise<Bite> {
  const args = ['--import', join(here, 'plant-hook.ts'), join(here, program), String(seed)];
  const env = { ...process.env, FAULT_PLANT: plant.name };
  const { stdout } = await execute(process.execPath, args, { env, timeout: 120_000, maxBuffer: 64 * 1024 * 1024 });
  const found = z.array(z.string()).parse(JSON.parse(stdout));
  say(`planted: ${plant.name} → ${found[0] ?? 'nothing was noticed'}`);
  return { name: plant.name, caught: found.length > 0 };
}

/**
 * Each planted defect in a process of its own, two side by side.
 * @param program plays what must show it, and writes what it found as JSON
 */
export async function biteAll(
  plants: readonly Plant[],
  program: 'planted-run.ts' | 'planted-deaths.ts',
  seed: number,
  say: (line: string) => void,
): Promise<Bite[]> {
  const bites: Bite[] = [];
  const left = [...plants];
  const worker = async () => {
    for (let plant = left.shift(); plant; plant = left.shift()) bites.push(await bite(plant, program, seed, say));
  };
  await Promise.all([worker(), worker()]);
  return bites;
}
