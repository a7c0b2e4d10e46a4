import { randomBytes } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, type Result } from '../../shared/result.ts';

export interface OpenFile {
  readonly sizeBytes: number;
  firstBytes(count: number): Promise<Buffer>;
  /** Fills a buffer from the file's beginning; false where the file has become shorter than that. */
  fill(part: Buffer): Promise<boolean>;
  /** The whole file from its beginning, each time it is called. */
  pieces(): AsyncGenerator<Buffer>;
}

const pieceBytes = 64 * 1024;
/** Forms up to this size are read in one go: for the usual invoice that costs half of what a stream does. */
const wholeBytes = 512 * 1024;

/** Runs `work` on an open file and closes it afterwards, however the work ends. */
export async function withOpenFile<Value>(
  path: string,
  work: (file: OpenFile) => Promise<Result<Value, AppError>>,
): Promise<Result<Value, AppError>> {
  const file = basename(path);
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    return fail(fileError(file, error));
  }
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) return fail(appError('file.is-folder', { file }));
    return await work(openFile(handle, stats.size));
  } finally {
    await handle.close();
  }
}

function fileError(file: string, error: unknown): AppError {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  if (reason === 'ENOENT' || reason === 'ENOTDIR') return appError('file.not-found', { file });
  if (reason === 'EISDIR') return appError('file.is-folder', { file });
  return appError('file.not-readable', { file, reason });
}

function openFile(handle: FileHandle, sizeBytes: number): OpenFile {
  return {
    sizeBytes,
    async firstBytes(count) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0);
      return buffer.subarray(0, bytesRead);
    },
    async fill(part) {
      for (let position = 0; position < part.length; ) {
        const { bytesRead } = await handle.read(part, position, part.length - position, position);
        if (bytesRead === 0) return false;
        position += bytesRead;
      }
      return true;
    },
    async *pieces() {
      let position = 0;
      while (position < sizeBytes) {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(pieceBytes), 0, pieceBytes, position);
        if (bytesRead === 0) return;
        yield buffer.subarray(0, Math.min(bytesRead, sizeBytes - position));
        position += bytesRead;
      }
    },
  };
}

export interface MultipartForm {
  readonly headers: Readonly<Record<string, string>>;
  /** The whole form, each time it is called. */
  body(): Uint8Array | Readable;
}

/** A form with one file in it, its length known beforehand; a large file is read from disk while it is sent. */
export async function multipartForm(part: {
  readonly name: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly file: OpenFile;
}): Promise<MultipartForm> {
  const boundary = `----FapiaoDesk${randomBytes(16).toString('hex')}`;
  const head = Buffer.from(
    `--${boundary}\r\n` +
      `Content-Disposition: form-data; name="${part.name}"; filename="${safeFileName(part.fileName)}"\r\n` +
      `Content-Type: ${part.contentType}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* pieces(): AsyncGenerator<Buffer> {
    yield head;
    yield* part.file.pieces();
    yield tail;
  }
  const length = head.length + part.file.sizeBytes + tail.length;
  const whole = length <= wholeBytes ? await wholeForm(head, part.file, tail) : undefined;
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(length),
    },
    body: () => whole ?? Readable.from(pieces(), { objectMode: false }),
  };
}

/** Undefined where the file was cut short meanwhile: a stream of it then ends the request. */
async function wholeForm(head: Buffer, file: OpenFile, tail: Buffer): Promise<Buffer | undefined> {
  // Read in place: a copy of each file would have to be collected again.
  const form = Buffer.concat([head], head.length + file.sizeBytes + tail.length);
  tail.copy(form, head.length + file.sizeBytes);
  const isWhole = await file.fill(form.subarray(head.length, head.length + file.sizeBytes));
  return isWhole ? form : undefined;
}

/** As browsers write it: raw UTF-8, the three characters that would end the header percent-encoded. */
function safeFileName(fileName: string): string {
  return fileName.toWellFormed().replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}
