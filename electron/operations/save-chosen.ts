import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AppError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { writeFailure } from '../tables/table-errors.ts';
import type { HandlerParts } from './handler-parts.ts';

/**
 * Writes a file where a person chose to have it, over what is there.
 * @param make makes the content once the place is known; told the file's name, for its own failure
 */
export async function saveChosen(
  { files }: Pick<HandlerParts, 'files'>,
  target: string,
  make: (name: string) => Promise<Result<string | Uint8Array, AppError>>,
): Promise<Result<{ readonly name: string }, AppError>> {
  const path = files.resolve(target);
  if (!path.ok) return path;
  const name = basename(path.value);
  const content = await make(name);
  if (!content.ok) return content;
  try {
    await writeFile(path.value, content.value);
    return ok({ name });
  } catch (error) {
    return fail(writeFailure(error, name));
  }
}
