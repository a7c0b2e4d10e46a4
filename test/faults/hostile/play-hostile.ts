import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Played } from '../security/plays.ts';
import type { SourcePlant } from '../source-plant.ts';

export interface HostileTask {
  readonly plant?: SourcePlant;
  /** How many sound files are bent by chance and read, before the odd ones. */
  readonly bent: number;
  /** Of the odd files only these; absent: all. */
  readonly only?: readonly string[];
  readonly seed: number;
  /** Of PDFs: how long the reader gives one file, in milliseconds; absent: as long as in the program. */
  readonly timeoutMs?: number;
}

export interface HostilePlayed extends Played {
  /** The file that took longest: of tables the work of all threads, of PDFs the time until the answer, in milliseconds. */
  readonly slowest: { readonly name: string; readonly ms: number };
  /** What the process had at its most, beyond what it had before the first, in megabytes. */
  readonly peakMb: number;
  /** How many were read, and how many refused, by why. */
  readonly ends: Readonly<Record<string, number>>;
}

const longestMs = 60 * 60_000;

/** Reads hostile files in a process of its own: what it takes of memory is its own, and that it falls is a finding too. */
export async function playHostile(child: 'table-child.ts' | 'pdf-child.ts', task: HostileTask): Promise<HostilePlayed> {
  try {
    const path = join(import.meta.dirname, child);
    const { stdout } = await promisify(execFile)(process.execPath, [path, JSON.stringify(task)], {
      timeout: longestMs,
      maxBuffer: 16 * 1024 * 1024,
    });
    return JSON.parse(stdout) as HostilePlayed; // as the child wrote it
  } catch (error) {
    const said = error instanceof Error ? error.message.slice(-600) : String(error);
    return { cases: 0, wrong: [`the process fell: ${said}`], slowest: { name: '', ms: 0 }, peakMb: 0, ends: {} };
  }
}
