import { existsSync, readFileSync } from 'node:fs';

/*
 * SQLite's write-ahead log ends, for SQLite, at the first frame whose checksum is wrong: that is how it forgets a
 * transaction that was cut off, and also how it would forget, without a word, everything that stands behind a damaged
 * frame. The formats read here are those of sqlite.org/walformat.html and sqlite.org/fileformat2.html section 4.
 */
const logHeaderBytes = 32;
const frameHeaderBytes = 24;
const logMagic = 0x377f0682;
const indexHeaderBytes = 48;

/** What the log holds for the database, to those who look at the database's own pages. */
export interface LoggedPages {
  readonly pages: ReadonlySet<number>;
  /** Size of the database after the last transaction in the log; undefined where it holds none. */
  readonly databasePages: number | undefined;
  /** Whether the log was emptied into the database and begun again since the database was last opened alone. */
  readonly hasBegunAnew: boolean;
}

export interface LogScan extends LoggedPages {
  /** Undefined: there is no log, or its header is not one. */
  readonly salts: string | undefined;
  /** Frames up to the end of the last whole transaction. */
  readonly committedFrames: number;
  /** Whether whole transactions stand behind a frame that does not fit: they were cut off by damage, not by a power cut. */
  readonly hasLaterTransactions: boolean;
}

const emptyScan: LogScan = {
  pages: new Set(),
  databasePages: undefined,
  hasBegunAnew: false,
  salts: undefined,
  committedFrames: 0,
  hasLaterTransactions: false,
};

type Sums = readonly [number, number];

/** The log's checksum, carried on over `bytes` from `start` to `end`. */
function addUp([first, second]: Sums, bytes: Buffer, start: number, end: number, littleEndian: boolean): Sums {
  let one = first;
  let two = second;
  for (let at = start; at < end; at += 8) {
    one = (one + (littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)) + two) >>> 0;
    two = (two + (littleEndian ? bytes.readUInt32LE(at + 4) : bytes.readUInt32BE(at + 4)) + one) >>> 0;
  }
  return [one, two];
}

interface LogHeader {
  readonly littleEndian: boolean;
  readonly pageSize: number;
  readonly sequence: number;
  readonly salts: string;
  readonly sums: Sums;
}

function readLogHeader(log: Buffer): LogHeader | undefined {
  if (log.length < logHeaderBytes) return undefined;
  const magic = log.readUInt32BE(0);
  if ((magic & ~1) >>> 0 !== logMagic) return undefined;
  const littleEndian = (magic & 1) === 0;
  const sums = addUp([0, 0], log, 0, 24, littleEndian);
  if (sums[0] !== log.readUInt32BE(24) || sums[1] !== log.readUInt32BE(28)) return undefined;
  const pageSize = log.readUInt32BE(8);
  return { littleEndian, pageSize, sequence: log.readUInt32BE(12), salts: log.toString('hex', 16, 24), sums };
}

/** Whether, from the frame at `start` on, a transaction of the same salts ended and another one followed it. */
function findLaterTransactions(log: Buffer, { salts, pageSize }: LogHeader, start: number): boolean {
  let ended = false;
  for (let at = start; at + frameHeaderBytes <= log.length; at += frameHeaderBytes + pageSize) {
    if (log.toString('hex', at + 8, at + 16) !== salts) continue;
    if (ended) return true;
    ended = log.readUInt32BE(at + 4) > 0;
  }
  return false;
}

/** Reads a log as SQLite would, without SQLite, which would change it. */
export function scanLog(log: Buffer): LogScan {
  const header = readLogHeader(log);
  // Of a log without its header nobody can tell what it put into the database's pages.
  if (!header) return { ...emptyScan, hasBegunAnew: log.length > 0 };
  const { littleEndian, pageSize, salts } = header;
  const pages = new Set<number>();
  let inTransaction: number[] = [];
  let databasePages: number | undefined;
  let committedFrames = 0;
  let frames = 0;
  let sums = header.sums;
  let at = logHeaderBytes;
  for (; at + frameHeaderBytes + pageSize <= log.length; at += frameHeaderBytes + pageSize) {
    if (log.toString('hex', at + 8, at + 16) !== salts) break;
    sums = addUp(sums, log, at, at + 8, littleEndian);
    sums = addUp(sums, log, at + frameHeaderBytes, at + frameHeaderBytes + pageSize, littleEndian);
    if (sums[0] !== log.readUInt32BE(at + 16) || sums[1] !== log.readUInt32BE(at + 20)) break;
    frames += 1;
    inTransaction.push(log.readUInt32BE(at));
    const sizeAfterCommit = log.readUInt32BE(at + 4);
    if (sizeAfterCommit === 0) continue;
    for (const page of inTransaction) pages.add(page);
    inTransaction = [];
    databasePages = sizeAfterCommit;
    committedFrames = frames;
  }
  const hasLaterTransactions = findLaterTransactions(log, header, at);
  return { pages, databasePages, hasBegunAnew: header.sequence > 0, salts, committedFrames, hasLaterTransactions };
}

interface LogIndex {
  readonly committedFrames: number;
  /** Frames whose pages are in the database file already. */
  readonly copiedFrames: number;
  readonly salts: string;
}

/**
 * What the -shm file says of the log. SQLite writes it after the log is on the disk, so it may be behind, never ahead.
 * Its numbers are in the machine's own byte order, little-endian on all we run on.
 */
function readLogIndex(index: Buffer): LogIndex | undefined {
  if (index.length < 2 * indexHeaderBytes + 4) return undefined;
  const [one, two] = [index.subarray(0, indexHeaderBytes), index.subarray(indexHeaderBytes, 2 * indexHeaderBytes)];
  if (!one.equals(two)) return undefined;
  const sums = addUp([0, 0], one, 0, 40, true);
  if (sums[0] !== one.readUInt32LE(40) || sums[1] !== one.readUInt32LE(44)) return undefined;
  return {
    committedFrames: one.readUInt32LE(16),
    copiedFrames: index.readUInt32LE(2 * indexHeaderBytes),
    salts: one.toString('hex', 32, 40),
  };
}

const readIfThere = (path: string): Buffer => (existsSync(path) ? readFileSync(path) : Buffer.alloc(0));

/** A header that was cut off by a power cut has nothing written behind it. */
const hasFramesWithoutHeader = (log: Buffer, { salts }: LogScan) =>
  salts === undefined && log.length > logHeaderBytes + frameHeaderBytes && log.some((byte) => byte !== 0);

/**
 * Looks whether the log beside a database has lost transactions that were acknowledged. Only for a database that nobody
 * has open, and before SQLite opens it: that rewrites the -shm file, and with it the evidence.
 *
 * What cannot be told from a transaction cut off by a power cut is damage to the log's last transaction where the -shm
 * file is lost as well.
 */
export function examineLog(databasePath: string): { readonly scan: LogScan; readonly loss: string | undefined } {
  const log = readIfThere(`${databasePath}-wal`);
  const scan = scanLog(log);
  if (scan.hasLaterTransactions) return { scan, loss: 'the log is damaged before its end' };
  const index = readLogIndex(readIfThere(`${databasePath}-shm`));
  if (!index && hasFramesWithoutHeader(log, scan)) return { scan, loss: "the log's header is damaged" };
  // Another generation's index is an old one; frames that were copied are in the database file.
  if (!index || index.copiedFrames >= index.committedFrames) return { scan, loss: undefined };
  if (scan.salts !== undefined && scan.salts !== index.salts) return { scan, loss: undefined };
  const lost = index.committedFrames - scan.committedFrames;
  return { scan, loss: lost > 0 ? `the log has lost ${lost} of ${index.committedFrames} pages` : undefined };
}
