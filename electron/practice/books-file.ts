import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';

/** One changed row: table, key, new value (`null`: removed). */
type Change = readonly [table: string, key: string, value: unknown];

const bookSchema = z.object({ generation: z.int(), tables: z.record(z.string(), z.record(z.string(), z.unknown())) });
const headerSchema = z.object({ generation: z.int() });
const lineSchema = z.array(z.tuple([z.string(), z.string(), z.unknown()]));

export type StoredTables = Record<string, Record<string, unknown>>;

export interface BooksFile {
  /** What the file held when it was opened. */
  readonly tables: StoredTables;
  /** Takes a change; it is durable when the promise of the next {@link settle} is fulfilled. */
  append(change: Change): void;
  settle(): Promise<void>;
  /** Replaces file and journal by one snapshot of what `read` gives, and goes on with an empty journal. */
  rewrite(read: () => StoredTables): Promise<void>;
  close(): Promise<void>;
}

/** Writes a file so that after a power cut either the old or the new one is there, whole. */
async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.tmp`;
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no handle on a folder; its rename is journalled by NTFS.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function replay(tables: StoredTables, journal: string, generation: number): void {
  const lines = journal.split('\n');
  // What stands behind the last line break was torn by a crash before anybody was answered.
  lines.pop();
  const header = lines.shift();
  if (header === undefined || headerSchema.parse(JSON.parse(header)).generation !== generation) return;
  for (const line of lines) {
    for (const [table, key, value] of lineSchema.parse(JSON.parse(line))) {
      const rows = tables[table] ?? {};
      tables[table] = rows;
      if (value === null) delete rows[key];
      else rows[key] = value;
    }
  }
}

interface StoredBook {
  readonly generation: number;
  readonly tables: StoredTables;
}

async function readBook(path: string): Promise<StoredBook> {
  const stored = await readIfThere(path);
  const book = stored === undefined ? { generation: 0, tables: {} } : bookSchema.parse(JSON.parse(stored));
  replay(book.tables, (await readIfThere(`${path}.journal`)) ?? '', book.generation);
  return book;
}

/** Writes a snapshot and starts its empty journal. */
async function writeBook(path: string, generation: number, content: string): Promise<FileHandle> {
  await writeDurably(path, content);
  await writeDurably(`${path}.journal`, `${JSON.stringify({ generation })}\n`);
  return open(`${path}.journal`, 'a');
}

type Writer = Omit<BooksFile, 'tables'>;

function createWriter(path: string, firstGeneration: number): Writer {
  let generation = firstGeneration;
  let journal: FileHandle | undefined;
  let waiting: Change[] = [];
  let running: Promise<void> | undefined;
  let broken: unknown;

  async function flush(): Promise<void> {
    // One turn of the loop lets every call that is being worked on join the same line.
    await new Promise((resolve) => setImmediate(resolve));
    const changes = waiting;
    waiting = [];
    if (journal === undefined) throw new Error('the books are closed');
    try {
      await journal.appendFile(`${JSON.stringify(changes)}\n`);
      await journal.datasync();
    } catch (error) {
      // Half a line may stand there now; nothing may be written behind it.
      broken = error;
      throw error;
    }
  }

  async function replace(read: () => StoredTables): Promise<void> {
    // The snapshot holds what waits; what comes while it is written waits for the new journal.
    waiting = [];
    generation += 1;
    const content = JSON.stringify({ generation, tables: read() });
    await journal?.close();
    journal = await writeBook(path, generation, content);
  }

  /** One write at a time, whichever kind. */
  function start(write: () => Promise<void>): Promise<void> {
    running = write().finally(() => {
      running = undefined;
    });
    return running;
  }

  async function settle(): Promise<void> {
    if (broken !== undefined) throw broken;
    while (waiting.length > 0 || running !== undefined) await (running ?? start(flush));
  }

  return {
    append: (change) => {
      waiting.push(change);
    },
    settle,
    rewrite: async (read) => {
      while (running !== undefined) await running;
      await start(() => replace(read));
    },
    close: async () => {
      await settle();
      await journal?.close();
      journal = undefined;
    },
  };
}

/**
 * Opens the books: a JSON snapshot at `path`, and beside it `path.journal` with one line for each group of changes.
 * A snapshot per change would cost the size of all books at every call; a line costs the size of the change.
 * The generation ties the two together, so a crash between their writes never applies a journal twice.
 */
export async function openBooksFile(path: string): Promise<BooksFile> {
  await mkdir(dirname(path), { recursive: true });
  const { generation, tables } = await readBook(path);
  const writer = createWriter(path, generation);
  await writer.rewrite(() => tables);
  return { ...writer, tables };
}
