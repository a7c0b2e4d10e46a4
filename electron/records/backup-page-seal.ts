import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { syncFolder, writeFileDurably } from './backup-files.ts';
import type { LoggedPages } from './restore-wal.ts';

/**
 * SQLite's integrity check sees broken structure, not a digit of an amount that turned into another. So the checksum of
 * every page is kept beside the database while it is closed, and compared when it is opened.
 */
interface Seal {
  readonly pageSize: number;
  readonly changeCounter: number;
  readonly checksums: readonly number[];
}

const magic = Buffer.from('FDSEAL1\n');
const headerBytes = magic.length + 12;
/** A multiple of every page size. */
const bytesAtOnce = 1024 * 1024;

export const sealOf = (databasePath: string): string => `${databasePath}.seal`;

const firstPage = {
  magic: 'SQLite format 3\0',
  pageSizeAt: 16,
  formatAt: 18,
  changeCounterAt: 24,
  pagesAt: 28,
  validForAt: 92,
  bytes: 100,
};

/** The format of databases with a log; SQLite turns any other into it by writing into the file itself. */
const logFormat = 2;

interface Header extends Pick<Seal, 'pageSize' | 'changeCounter'> {
  readonly pages: number;
  readonly hasLogFormat: boolean;
}

/** What a file's first bytes say of it, or undefined where they contradict themselves or its size. */
function readHeader(handle: number): Header | undefined {
  const header = Buffer.alloc(firstPage.bytes);
  const length = readSync(handle, header, 0, header.length, 0);
  if (length < header.length || header.toString('latin1', 0, 16) !== firstPage.magic) return undefined;
  const stored = header.readUInt16BE(firstPage.pageSizeAt);
  const changeCounter = header.readUInt32BE(firstPage.changeCounterAt);
  // SQLite writes the counter twice; where the two differ this header is not SQLite's last word.
  if (header.readUInt32BE(firstPage.validForAt) !== changeCounter) return undefined;
  const pageSize = stored === 1 ? 65_536 : stored;
  const pages = header.readUInt32BE(firstPage.pagesAt);
  const hasLogFormat = header.readUInt8(firstPage.formatAt) === logFormat;
  return fstatSync(handle).size === pages * pageSize ? { pageSize, changeCounter, pages, hasLogFormat } : undefined;
}

function readChecksums(handle: number, pageSize: number): number[] {
  const { size } = fstatSync(handle);
  // One for all, no larger than the file and not zeroed first: memory touched for the first time costs more than the sums.
  const chunk = Buffer.allocUnsafe(Math.min(bytesAtOnce, size));
  const checksums: number[] = [];
  for (let position = 0; position < size; position += chunk.length) {
    const end = readSync(handle, chunk, 0, chunk.length, position);
    for (let start = 0; start + pageSize <= end; start += pageSize)
      checksums.push(crc32(chunk.subarray(start, start + pageSize)));
  }
  return checksums;
}

function withFile<Value>(path: string, read: (handle: number) => Value): Value {
  const handle = openSync(path, 'r');
  try {
    return read(handle);
  } finally {
    closeSync(handle);
  }
}

function readSeal(databasePath: string): Seal | undefined {
  const path = sealOf(databasePath);
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  const body = bytes.subarray(0, -4);
  // A seal that is itself damaged says nothing about the database.
  if (bytes.length < headerBytes + 4 || !body.subarray(0, magic.length).equals(magic)) return undefined;
  if (crc32(body) !== bytes.readUInt32LE(body.length)) return undefined;
  const pageSize = body.readUInt32LE(magic.length);
  const changeCounter = body.readUInt32LE(magic.length + 4);
  const pages = body.readUInt32LE(magic.length + 8);
  const checksums = Array.from({ length: pages }, (_, index) => body.readUInt32LE(headerBytes + 4 * index));
  return { pageSize, changeCounter, checksums };
}

/** Must be done before the file is changed: an old seal on a new database would look like damage. */
export function breakSeal(databasePath: string): void {
  if (!existsSync(sealOf(databasePath))) return;
  // Another program that ends in the same moment may be faster.
  rmSync(sealOf(databasePath), { force: true });
  syncFolder(dirname(databasePath));
}

/**
 * Seals a database that nobody has open and that has no log beside it. Where its next opening will write into the file
 * at once, a seal would be an old one from then on, so there is none.
 */
export function writeSeal(databasePath: string): void {
  const seal = withFile(databasePath, (handle) => {
    const header = readHeader(handle);
    return header?.hasLogFormat ? { ...header, checksums: readChecksums(handle, header.pageSize) } : undefined;
  });
  breakSeal(databasePath);
  if (!seal) return;
  const body = Buffer.alloc(headerBytes + 4 * seal.checksums.length);
  magic.copy(body);
  body.writeUInt32LE(seal.pageSize, magic.length);
  body.writeUInt32LE(seal.changeCounter, magic.length + 4);
  body.writeUInt32LE(seal.checksums.length, magic.length + 8);
  for (const [index, checksum] of seal.checksums.entries()) body.writeUInt32LE(checksum, headerBytes + 4 * index);
  const tail = Buffer.alloc(4);
  tail.writeUInt32LE(crc32(body));
  writeFileDurably(sealOf(databasePath), Buffer.concat([body, tail]));
}

export type SealVerdict =
  | { readonly kind: 'whole' }
  /** There is no seal, or the file is another one, properly written elsewhere. */
  | { readonly kind: 'unsealed' }
  | { readonly kind: 'changed'; readonly reason: string };

const changed = (reason: string): SealVerdict => ({ kind: 'changed', reason });

/** Damage leaves no header that agrees with itself and the file's size, but with another history. */
function isAnotherFile({ changeCounter, pages }: Header, seal: Seal): boolean {
  return changeCounter !== seal.changeCounter || pages !== seal.checksums.length;
}

/**
 * Whether a database that nobody has open still is what was sealed. Pages that stand in the log are not looked at: the
 * log's own checksums answer for them.
 */
export function examineSeal(databasePath: string, logged: LoggedPages): SealVerdict {
  const seal = readSeal(databasePath);
  // Once the log began anew, pages may have been written into the file of which nothing is left in the log.
  if (!seal || logged.hasBegunAnew) return { kind: 'unsealed' };
  if (!existsSync(databasePath)) return changed('the file is missing');
  return withFile(databasePath, (handle): SealVerdict => {
    const header = readHeader(handle);
    if (header && isAnotherFile(header, seal) && !logged.pages.has(1)) return { kind: 'unsealed' };
    const found = readChecksums(handle, seal.pageSize);
    const expectedPages = Math.min(seal.checksums.length, logged.databasePages ?? seal.checksums.length);
    for (let index = 0; index < expectedPages; index++) {
      const page = index + 1;
      if (!logged.pages.has(page) && found[index] !== seal.checksums[index])
        return changed(`page ${page} is not as it was when the program closed it`);
    }
    return { kind: 'whole' };
  });
}
