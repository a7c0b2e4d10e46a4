import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { TextDecoderStream } from 'node:stream/web';
import { parse } from 'csv-parse';
import { answerTasks } from '../support/child.ts';
import type { DeskTask } from '../support/desk-task.ts';

const filesAtOnce = 8;

async function looksLikePdf(path: string): Promise<boolean> {
  const { size } = await stat(path);
  await using file = await open(path, 'r');
  const { buffer } = await file.read(Buffer.alloc(1024), 0, 1024, 0);
  return size > 0 && buffer.includes('%PDF-');
}

/** What it takes to decode and parse the table and to look into every file, where nothing is understood or told. */
answerTasks(async ({ table, pdfFolder, rows }: DeskTask) => {
  const startedAt = performance.now();
  const text = Readable.toWeb(createReadStream(table)).pipeThrough(new TextDecoderStream('gb18030', { fatal: true }));
  let parsed = 0;
  for await (const _row of Readable.fromWeb(text).pipe(parse())) parsed += 1;
  const names = await readdir(pdfFolder);
  let found = 0;
  for (let from = 0; from < names.length; from += filesAtOnce) {
    const looks = names.slice(from, from + filesAtOnce).map((name) => looksLikePdf(join(pdfFolder, name)));
    found += (await Promise.all(looks)).filter(Boolean).length;
  }
  if (parsed !== rows + 1 || found !== rows) throw new Error(`found ${parsed} rows and ${found} PDFs`);
  return { milliseconds: performance.now() - startedAt };
});
