import { opendir } from 'node:fs/promises';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readFailure } from './table-errors.ts';

const mostFiles = 50_000;
/** What the systems themselves put into folders. */
const ofTheSystem = /^(?:\..*|Thumbs\.db|desktop\.ini)$/i;

export interface FolderContent {
  /** Sorted by name, numbers by their size. */
  readonly pdfs: readonly string[];
  readonly tables: readonly string[];
  /** Folders inside it, which are not looked into. */
  readonly folders: readonly string[];
  /** Every other file. */
  readonly others: readonly string[];
}

/** Names of everything that stands directly in a folder, by what can be done with it. */
export async function listFolder(folder: string): Promise<Result<FolderContent, AppError>> {
  const found = { pdfs: [] as string[], tables: [] as string[], folders: [] as string[], others: [] as string[] }; // empty, of names
  let count = 0;
  try {
    for await (const entry of await opendir(folder)) {
      if (ofTheSystem.test(entry.name)) continue;
      count += 1;
      if (count > mostFiles) return fail(appError('folder.too-many-files', { folder, limit: mostFiles }));
      if (entry.isFile() && /\.pdf$/i.test(entry.name)) found.pdfs.push(entry.name);
      else if (entry.isFile() && /\.(?:csv|xlsx)$/i.test(entry.name)) found.tables.push(entry.name);
      else (entry.isDirectory() ? found.folders : found.others).push(entry.name);
    }
  } catch (error) {
    const isNoFolder = error instanceof Error && 'code' in error && error.code === 'ENOTDIR';
    return fail(isNoFolder ? appError('file.not-folder', { file: folder }) : readFailure(error, folder));
  }
  const { compare } = new Intl.Collator('zh-CN', { numeric: true });
  for (const names of Object.values(found)) names.sort(compare);
  return ok(found);
}
