import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';

/** One changed row: table, key, new value (`null`: removed). */
export type Change = readonly [table: string, key: string, value: unknown];

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
export async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
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

/**
 * Opens the books: a JSON snapshot at `path`, and beside it `path.journal` with one line for each group of changes.
 * A snapshot per change would cost the size of all books at every call; a line costs the size of the change.
 * The generation ties the two together, so a crash between their writes never applies a journal twice.
 */
export async function openBooksFile(path: string): Promise<BooksFile> {
  await mkdir(dirname(path), { recursive: true });
  const stored = await readIfThere(path);
  const book = stored === undefined ? { generation: 0, tables: {} } : bookSchema.parse(JSON.parse(stored));
  const tables: StoredTables = book.tables;
  const journalPath = `${path}.journal`;
  replay(tables, (await readIfThere(journalPath)) ?? '', book.generation);

  let generation = book.generation;
  let journal: FileHandle | undefined;
  let waiting: Change[] = [];
  let running: Promise<void> | undefined;
  let broken: unknown;

  async function flush(): Promise<void> {
    // One turn of the loop lets every call that is being worked on join the same line.
    await new Promise((resolve) => setImmediate(resolve));
    const changes = waiting;
    waiting = [];
    if (changes.length === 0) return;
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

  async function settle(): Promise<void> {
    if (broken !== undefined) throw broken;
    while (waiting.length > 0 || running !== undefined) {
      running ??= flush().finally(() => {
        running = undefined;
      });
      await running;
    }
  }

  async function replace(read: () => StoredTables): Promise<void> {
    // The snapshot holds what waits; what comes while it is written waits for the new journal.
    waiting = [];
    const content = JSON.stringify({ generation: generation + 1, tables: read() });
    await journal?.close();
    generation += 1;
    await writeDurably(path, content);
    await writeDurably(journalPath, `${JSON.stringify({ generation })}\n`);
    journal = await open(journalPath, 'a');
  }

  async function rewrite(read: () => StoredTables): Promise<void> {
    while (running !== undefined) await running;
    running = replace(read).finally(() => {
      running = undefined;
    });
    await running;
  }

  await rewrite(() => tables);
  return {
    tables,
    append: (change) => {
      waiting.push(change);
    },
    settle,
    rewrite,
    close: async () => {
      await settle();
      await journal?.close();
      journal = undefined;
    },
  };
}
