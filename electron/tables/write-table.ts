import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { AppError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createPacer } from './pacer.ts';
import { formatRow } from './report.ts';
import { writeFailure } from './table-errors.ts';

/** Writes a CSV that spreadsheets open rightly: UTF-8 with mark, no digits lost. It appears whole or not at all. */
export async function writeTable(path: string, rows: readonly (readonly string[])[]): Promise<Result<void, AppError>> {
  // In the same folder, because only there renaming is one step.
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const pace = createPacer();
    let text = '\uFEFF';
    for (const cells of rows) {
      await pace();
      text += formatRow(cells, ',');
    }
    await writeFile(temporary, text, { flag: 'wx', flush: true });
    await rename(temporary, path);
    return ok(undefined);
  } catch (error) {
    // Where the folder itself cannot be made, there is nothing to remove.
    await rm(temporary, { force: true }).catch(() => undefined);
    return fail(writeFailure(error, basename(path)));
  }
}
