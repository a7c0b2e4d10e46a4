import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux keeps it in memory: what is played there waits for no disk, and a kill of a process loses nothing of it. */
const memoryFolder = '/dev/shm';

/** Does something with a new folder on the quickest medium there is, and removes it. */
export async function withQuickFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const parent = existsSync(memoryFolder) ? memoryFolder : tmpdir();
  const folder = await mkdtemp(join(parent, 'fapiao-fault-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
