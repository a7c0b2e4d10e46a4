import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { pdfSizeLimitBytes } from '../../shared/wechat/limits.ts';

export interface KeptPdf {
  readonly sha256: string;
  readonly fileName: string;
  readonly sizeBytes: number;
}

/** Turns what the file system throws into a failure a person understands; anything else is thrown on. */
export function fileError(error: unknown, file: string): AppError {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  const reason = String(error.code);
  if (reason === 'ENOENT' || reason === 'ENOTDIR') return appError('file.not-found', { file });
  if (reason === 'EISDIR') return appError('file.is-folder', { file });
  if (['ENOSPC', 'EROFS', 'EDQUOT'].includes(reason)) return appError('file.not-writable', { file, reason });
  return appError('file.not-readable', { file, reason });
}

const toMb = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);

/**
 * Looks whether a file can be an invoice PDF: not empty, not too large, and a PDF by its first kilobyte (the header may
 * stand behind a few bytes of junk).
 * @returns its size in bytes
 */
export async function inspectPdf(path: string): Promise<Result<number, AppError>> {
  const file = basename(path);
  try {
    const { size, isDirectory } = await stat(path).then((stats) => ({
      size: stats.size,
      isDirectory: stats.isDirectory(),
    }));
    if (isDirectory) return fail(appError('file.is-folder', { file }));
    if (size === 0) return fail(appError('pdf.empty', { file }));
    if (size > pdfSizeLimitBytes)
      return fail(appError('pdf.too-large', { file, sizeMb: toMb(size), limitMb: toMb(pdfSizeLimitBytes) }));
    const handle = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(1024), 0, 1024, 0);
      if (!buffer.subarray(0, bytesRead).includes('%PDF-')) return fail(appError('pdf.not-pdf', { file }));
    } finally {
      await handle.close();
    }
    return ok(size);
  } catch (error) {
    return fail(fileError(error, file));
  }
}

/** The bytes of a whole file; for files whose size was looked at before. */
export async function readFileBytes(path: string): Promise<Result<Uint8Array<ArrayBuffer>, AppError>> {
  try {
    return ok(new Uint8Array(await readFile(path)));
  } catch (error) {
    return fail(fileError(error, basename(path)));
  }
}

/**
 * Copies the content only: a copy that took over the source's rights could not be written where those are read-only.
 * What is at `target` is on the disk when this answers.
 */
async function copyAndHash(source: string, target: string): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  await pipeline(
    createReadStream(source),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        sizeBytes += chunk.length;
        yield chunk;
      }
    },
    createWriteStream(target, { flags: 'wx', flush: true }),
  );
  return { sha256: hash.digest('hex'), sizeBytes };
}

/** Makes a folder's new names survive a power cut. Windows has no such call and does it by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isErrorAt(error: unknown, folder: string): error is NodeJS.ErrnoException {
  return error instanceof Error && 'path' in error && typeof error.path === 'string' && error.path.startsWith(folder);
}

function storeError({ code }: NodeJS.ErrnoException, folder: string): AppError {
  return appError('file.not-writable', { file: folder, reason: code ?? '' });
}

export type PdfStore = ReturnType<typeof createPdfStore>;

/** PDFs by content hash in the data folder, so that one can be uploaded again when its three days are over. */
export function createPdfStore(folder: string) {
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), `${sha256}.pdf`);

  return {
    pathOf,
    /** Copies a PDF into the store; the copy is durable before this answers. */
    async add(sourcePath: string): Promise<Result<KeptPdf, AppError>> {
      const inspected = await inspectPdf(sourcePath);
      if (!inspected.ok) return inspected;
      const fileName = basename(sourcePath);
      const temporary = join(folder, `incoming-${randomUUID()}`);
      try {
        await mkdir(folder, { recursive: true });
        const { sha256, sizeBytes } = await copyAndHash(sourcePath, temporary);
        await mkdir(dirname(pathOf(sha256)), { recursive: true });
        await rename(temporary, pathOf(sha256));
        await syncFolder(dirname(pathOf(sha256)));
        await syncFolder(folder);
        return ok({ sha256, fileName, sizeBytes });
      } catch (error) {
        // Where the store itself cannot be used, there is nothing to remove and no way to.
        await rm(temporary, { force: true }).catch(() => undefined);
        return fail(isErrorAt(error, folder) ? storeError(error, folder) : fileError(error, fileName));
      }
    },
  };
}
