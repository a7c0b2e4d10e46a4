import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Played } from '../security/plays.ts';
import type { SourcePlant } from '../source-plant.ts';

export interface TablesPlayed extends Played {
  /** The one that took the most work, all threads together. */
  readonly slowest: { readonly name: string; readonly cpuMs: number };
  /** What the process had at its most, beyond what it had before the odd tables. */
  readonly peakMb: number;
}

const child = join(import.meta.dirname, 'table-child.ts');
const longestMs = 30 * 60_000;

export interface TablesTask {
  readonly plant?: SourcePlant;
  /** How many tables are bent by chance and read, before the odd ones. */
  readonly bent: number;
  /** Of the odd tables only these; absent: all. */
  readonly only?: readonly string[];
  readonly seed: number;
}

/** Reads tables in a process of its own: what it takes of memory is its own, and that it falls is a finding too. */
export async function playTables(given: TablesTask): Promise<TablesPlayed> {
  const task = JSON.stringify(given);
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [child, task], {
      timeout: longestMs,
      maxBuffer: 16 * 1024 * 1024,
    });
    return JSON.parse(stdout) as TablesPlayed; // as the child wrote it
  } catch (error) {
    const said = error instanceof Error ? error.message.slice(0, 400) : String(error);
    return { cases: 0, wrong: [`the process fell: ${said}`], slowest: { name: '', cpuMs: 0 }, peakMb: 0 };
  }
}
