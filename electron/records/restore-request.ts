import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { backupNamePattern } from '../../shared/contract/backup-operations.ts';
import { syncFolder, writeFileDurably } from './backup-files.ts';

const requestSchema = z.strictObject({
  name: z.string().regex(backupNamePattern),
  /** Folder under aside/ that takes the present files; there once the exchange has begun. */
  aside: z
    .string()
    .regex(/^[\w-]+$/)
    .optional(),
});
/** The wish that a backup takes the database's place, kept until that is done or given up. */
export type RestoreRequest = z.output<typeof requestSchema>;

const requestIn = (dataFolder: string) => join(dataFolder, 'restore-request.json');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not ours, or not readable any more: no wish that could be granted.
  }
}

export function readRestoreRequest(dataFolder: string): RestoreRequest | undefined {
  const path = requestIn(dataFolder);
  if (!existsSync(path)) return undefined;
  return requestSchema.safeParse(parseJson(readFileSync(path, 'utf8'))).data;
}

export function writeRestoreRequest(dataFolder: string, request: RestoreRequest): void {
  writeFileDurably(requestIn(dataFolder), JSON.stringify(request));
}

/** @returns whether there was one */
export function removeRestoreRequest(dataFolder: string): boolean {
  const path = requestIn(dataFolder);
  if (!existsSync(path)) return false;
  rmSync(path);
  syncFolder(dataFolder);
  return true;
}
