import { randomBytes } from 'node:crypto';
import { access, constants, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { ChosenFile } from '../../shared/contract/app-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { fileError } from '../records/pdf-store.ts';

/** Oldest handles are forgotten beyond this many, so that a long session does not grow. */
const mostTokens = 20_000;

export type FileTokens = ReturnType<typeof createFileTokens>;

/** The paths people chose, behind handles that the page and the contract can carry. */
export function createFileTokens() {
  const paths = new Map<string, string>();

  function remember(kind: 'file' | 'folder' | 'save', path: string): string {
    const token = `${kind}_${randomBytes(18).toString('base64url')}`;
    paths.set(token, path);
    const oldest = paths.keys().next().value;
    if (paths.size > mostTokens && oldest !== undefined) paths.delete(oldest);
    return token;
  }

  return {
    /** Lets a path in that a person chose, dropped or wrote on the command line. */
    async admit(path: string): Promise<Result<ChosenFile, AppError>> {
      const absolute = resolve(path);
      try {
        const stats = await stat(absolute);
        const isFolder = stats.isDirectory();
        const token = remember(isFolder ? 'folder' : 'file', absolute);
        return ok({ token, name: basename(absolute), sizeBytes: isFolder ? 0 : stats.size });
      } catch (error) {
        return fail(fileError(error, path));
      }
    },
    /** Lets a place to save to in; the folder must exist, the file need not. */
    async admitTarget(path: string): Promise<Result<string, AppError>> {
      const absolute = resolve(path);
      try {
        await access(dirname(absolute), constants.W_OK);
        return ok(remember('save', absolute));
      } catch (error) {
        return fail(fileError(error, path));
      }
    },
    /** The path behind a handle, or `file.token-unknown`. */
    resolve(token: string): Result<string, AppError> {
      const path = paths.get(token);
      return path === undefined ? fail(appError('file.token-unknown')) : ok(path);
    },
  };
}
