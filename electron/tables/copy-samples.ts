import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppError } from '../../shared/errors/app-error.ts';
import { ok, type Result } from '../../shared/result.ts';
import { writeFailure } from './table-errors.ts';

const folderName = '发票样例';
const mostFolders = 100;

/** A new folder of that name, or with a number behind it: what a person changed in an earlier copy stays. */
async function makeFolder(parent: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const path = join(parent, number === 1 ? folderName : `${folderName} ${number}`);
    try {
      await mkdir(path);
      return path;
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!isTaken || number >= mostFolders) throw error;
    }
  }
}

async function copyFiles(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true }))
    if (entry.isFile() && !entry.name.startsWith('.')) await copyFile(join(from, entry.name), join(to, entry.name));
}

/** Copies the sample table and its PDFs into a new folder below the one that was chosen. */
export async function copySamples(
  samples: string,
  parent: string,
): Promise<Result<{ readonly table: string; readonly pdfFolder: string }, AppError>> {
  try {
    const folder = await makeFolder(parent);
    const pdfFolder = join(folder, 'pdf');
    await mkdir(pdfFolder);
    await copyFiles(samples, folder);
    await copyFiles(join(samples, 'pdf'), pdfFolder);
    return ok({ table: join(folder, '发票.csv'), pdfFolder });
  } catch (error) {
    return { ok: false, error: writeFailure(error, folderName) };
  }
}
