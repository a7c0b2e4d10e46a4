import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { createPdfReader } from '../../../electron/pdf/pdf-reader.ts';
import { chanceOf } from '../network/chance.ts';
import { importPlanted } from '../planted-import.ts';
import { bendBytes } from './bend-bytes.ts';
import { startCountingServer } from './counting-server.ts';
import { oddPdfs } from './odd-pdfs.ts';
import type { HostilePlayed, HostileTask } from './play-hostile.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'pdf');
/** A file that has no answer by then has none; several times what the reader gives a file by itself. */
const longestMs = 60_000;
/** The same where the reader was told to hurry. */
const hurriedMs = 20_000;
const atOnce = 2;

const marks = [
  '<<',
  '>>',
  '[',
  ']',
  '(',
  ')',
  'endobj',
  'endstream',
  'stream\n',
  ' 0 R',
  '/',
  '\0',
  '99999999999',
  '-1',
  'xref',
  '/JS',
];

async function play({ plant, bent, only, seed, timeoutMs }: HostileTask): Promise<HostilePlayed> {
  const module = await importPlanted('electron/pdf/pdf-reader.ts', plant);
  const reader = (module['createPdfReader'] as typeof createPdfReader)({
    threads: atOnce,
    ...(timeoutMs && { timeoutMs }),
  }); // as exported there
  const counting = await startCountingServer();
  const wrong: string[] = [];
  const ends = new Map<string, number>();
  let slowest = { name: '', ms: 0 };
  async function one(name: string, bytes: Buffer): Promise<void> {
    const startedAt = performance.now();
    const patience = AbortSignal.timeout(timeoutMs ? hurriedMs : longestMs);
    const answer = await reader.read(bytes, patience).catch((error: unknown) => {
      wrong.push(`${name}: threw ${error instanceof Error ? error.message : String(error)}`);
    });
    if (answer && !answer.ok && answer.failure === 'cancelled') wrong.push(`${name}: no answer`);
    const end = !answer ? 'threw' : answer.ok ? 'read' : answer.failure;
    ends.set(end, (ends.get(end) ?? 0) + 1);
    const ms = performance.now() - startedAt;
    if (ms > slowest.ms) slowest = { name, ms };
  }
  const files = readdirSync(fixtures).filter((name) => name.endsWith('.pdf'));
  const chance = chanceOf(seed, 'pdfs');
  function* all(odd: Awaited<ReturnType<typeof oddPdfs>>): Generator<readonly [string, Buffer]> {
    for (let number = 0; number < bent; number += 1) {
      const name = chance.pick(files);
      yield [`bent ${number} of ${name}`, bendBytes(readFileSync(join(fixtures, name)), chance, marks)];
    }
    for (const { name, bytes } of odd) if (only?.includes(name) ?? true) yield [name, bytes];
  }
  try {
    const before = process.resourceUsage().maxRSS;
    const next = all(await oddPdfs(counting.url));
    let cases = 0;
    const readSome = async () => {
      for (const [name, bytes] of next) {
        cases += 1;
        await one(name, bytes);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, readSome));
    for (const path of counting.came) wrong.push(`something asked for ${path}`);
    const peakMb = (process.resourceUsage().maxRSS - before) / 1024;
    return { cases, wrong, slowest, peakMb, ends: Object.fromEntries(ends) };
  } finally {
    counting.close();
    await reader.close();
  }
}

// Handed over by play-hostile.ts.
const task = JSON.parse(process.argv[2] ?? '') as HostileTask;
process.stdout.write(JSON.stringify(await play(task)));
