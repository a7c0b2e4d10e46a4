import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { TextDecoderStream } from 'node:stream/web';
import BetterSqlite3 from 'better-sqlite3';
import { parse } from 'csv-parse';
import papaparse from 'papaparse';
import { answerTasks } from '../support/child.ts';
import type { ImportTask } from '../support/import-task.ts';

/** The text of the table, decoded on the way. */
const decoded = (table: string) =>
  Readable.toWeb(createReadStream(table)).pipeThrough(new TextDecoderStream('gb18030', { fatal: true }));

async function withCsvParse(table: string): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const row of Readable.fromWeb(decoded(table)).pipe(parse())) rows.push(row as string[]); // `columns` is off
  return rows;
}

async function withPapaparse(table: string): Promise<string[][]> {
  let text = '';
  for await (const piece of decoded(table)) text += piece;
  return papaparse.parse<string[]>(text, { skipEmptyLines: true }).data;
}

/** One transaction into a table without keys or rules. */
function insertAll(path: string, [header = [], ...rows]: readonly string[][]): number {
  const database = new BetterSqlite3(path);
  database.pragma('journal_mode = wal');
  database.pragma('synchronous = full');
  database.exec(`CREATE TABLE raw (${header.map((_, index) => `c${index} TEXT`).join(', ')})`);
  const insert = database.prepare(`INSERT INTO raw VALUES (${header.map(() => '?').join(', ')})`);
  database.transaction(() => {
    for (const row of rows) insert.run(row);
  })();
  database.close();
  return rows.length;
}

/** What decoding, parsing and storing take where nothing is understood, checked or held against the records. */
answerTasks(async ({ folder, table, rows }: ImportTask) => {
  const times: Record<string, number> = {};
  for (const [name, read] of Object.entries({ 'csv-parse': withCsvParse, papaparse: withPapaparse })) {
    const startedAt = performance.now();
    const stored = insertAll(join(folder, `${name}.db`), await read(table));
    times[name] = performance.now() - startedAt;
    if (stored !== rows) throw new Error(`${name} found ${stored} rows`);
  }
  return times;
});
