import { randomBytes } from 'node:crypto';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { storageFailure } from './database.ts';

/** Writing down an answer takes some 50 KB, and at most 16 are awaited at once. */
const reserveBytes = 1024 * 1024;

export type DiskReserve = ReturnType<typeof createDiskReserve>;

/**
 * Room kept on the disk while requests are out, to be given up when the disk is full: what WeChat answers is said once,
 * and between a request and its answer another program, or our own backup, may take all that was left.
 */
export function createDiskReserve(dataFolder: string) {
  const path = join(dataFolder, 'reserve.bin');
  const remove = () => {
    try {
      rmSync(path, { force: true });
    } catch (error) {
      // What cannot be removed gives no room; the one who wanted it finds that out by writing.
      if (!storageFailure(error)) throw error;
    }
  };
  return {
    /** Makes sure that the reserve is there, or says why there is no room for it. */
    hold(): Result<void, AppError> {
      try {
        if (statSync(path, { throwIfNoEntry: false })?.size === reserveBytes) return ok(undefined);
        // Anything but random would take no room on a file system that compresses.
        writeFileSync(path, randomBytes(reserveBytes));
        return ok(undefined);
      } catch (error) {
        const failure = storageFailure(error);
        if (!failure) throw error;
        remove();
        return fail(failure);
      }
    },
    /** Gives the room up to whoever writes next. */
    free: remove,
  };
}
