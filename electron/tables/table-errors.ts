import { type AppError, appError, appErrorSaying } from '../../shared/errors/app-error.ts';
import type { Text } from '../../shared/text.ts';
import { tableLimits } from './invoice-table.ts';

/** `table.not-csv` with a reason in both languages. */
export function notCsv(file: string, line: number, reason: Text): AppError {
  return appErrorSaying('table.not-csv', { reason }, { file, line });
}

export function tableTooLarge(file: string): AppError {
  const { rows, columns, fileBytes } = tableLimits;
  return appError('table.too-large', { file, rows, columns, megabytes: fileBytes / 1024 / 1024 });
}

/** The code of a failed system call; other errors that carry a code are not the file's fault. */
function codeOf(error: unknown): string {
  const isSystem = error instanceof Error && 'syscall' in error && 'code' in error;
  return isSystem && typeof error.code === 'string' ? error.code : '';
}

/** What opening or reading a file can fail with. Anything that is not the file system's is a bug and thrown on. */
export function readFailure(error: unknown, file: string): AppError {
  const reason = codeOf(error);
  if (reason === '') throw error;
  if (reason === 'ENOENT' || reason === 'ENOTDIR') return appError('file.not-found', { file });
  if (reason === 'EISDIR') return appError('file.is-folder', { file });
  return appError('file.not-readable', { file, reason });
}

/** As {@link readFailure} for writing. */
export function writeFailure(error: unknown, file: string): AppError {
  const reason = codeOf(error);
  if (reason === '') throw error;
  return appError('file.not-writable', { file, reason });
}
