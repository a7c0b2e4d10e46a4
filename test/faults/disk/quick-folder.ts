import { existsSync, statfsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux keeps it in memory: what is played there waits for no disk, and a kill of a process loses nothing of it. */
const memoryFolder = '/dev/shm';
/** More than any trial takes; containers often give little. */
const leastFreeBytes = 2 * 1024 ** 3;

function isRoomy(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= leastFreeBytes;
}

/** A new folder on the quickest medium there is, for who removes it. */
export const makeQuickFolder = (): Promise<string> =>
  mkdtemp(join(isRoomy(memoryFolder) ? memoryFolder : tmpdir(), 'fapiao-fault-'));

/** Does something with a new folder on the quickest medium there is, and removes it. */
export async function withQuickFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = await makeQuickFolder();
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
