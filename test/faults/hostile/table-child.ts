import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { readInvoiceTable } from '../../../electron/tables/read-invoice-table.ts';
import type { Random } from '../../../scripts/samples/random.ts';
import { chanceOf } from '../network/chance.ts';
import { importPlanted } from '../planted-import.ts';
import { bendBytes } from './bend-bytes.ts';
import { oddTables } from './odd-tables.ts';
import type { HostilePlayed, HostileTask } from './play-hostile.ts';
import { partsOf, plainParts, workbook } from './workbook.ts';
import { zipFile, zipPart } from './zip-file.ts';

const samples = join(import.meta.dirname, '..', '..', '..', 'resources', 'samples');
const nowSeconds = Date.UTC(2026, 10, 23) / 1000;
const marks = ['<', '>', '"', '&', '&#x0;', '\0', ',', '\n', '\r', '\t', '﻿', '</c>', '<row>', '1e999', '../', '😀'];

const text = readFileSync(join(samples, '发票.csv'));
const plain = workbook({});
const paths = Object.keys(plainParts);

/** A table that was sound, bent: text, a zip as it lies there, or the XML in a zip that is whole. */
function bentTable(chance: Random): { readonly ending: 'csv' | 'xlsx'; readonly bytes: Buffer } {
  const kind = chance.below(3);
  if (kind === 0) return { ending: 'csv', bytes: bendBytes(text, chance, marks) };
  if (kind === 1) return { ending: 'xlsx', bytes: bendBytes(plain, chance, marks) };
  const path = chance.pick(paths);
  const xml = bendBytes(Buffer.from(plainParts[path] ?? ''), chance, marks);
  return { ending: 'xlsx', bytes: zipFile(partsOf({}, [zipPart(path, xml)])) };
}

async function play({ plant, bent, only, seed }: HostileTask): Promise<HostilePlayed> {
  const module = await importPlanted('electron/tables/read-invoice-table.ts', plant);
  const read = module['readInvoiceTable'] as typeof readInvoiceTable; // as exported there
  const folder = await mkdtemp(join(tmpdir(), 'fapiao-tables-'));
  const wrong: string[] = [];
  let slowest = { name: '', ms: 0 };
  const ends = new Map<string, number>();
  async function one(name: string, ending: string, bytes: Buffer, code: string | null): Promise<void> {
    const path = join(folder, `table.${ending}`);
    await writeFile(path, bytes);
    const before = process.cpuUsage();
    try {
      const result = await read({ path, fileName: 'table' }, { nowSeconds });
      const said = result.ok ? `${result.value.rows.length} orders were read` : result.error.code;
      const end = result.ok ? 'read' : said;
      ends.set(end, (ends.get(end) ?? 0) + 1);
      if (code !== null && said !== code) wrong.push(`${name}: ${said}, wanted ${code}`);
    } catch (error) {
      wrong.push(`${name}: threw ${error instanceof Error ? error.message : String(error)}`);
    }
    const { user, system } = process.cpuUsage(before);
    const ms = (user + system) / 1000;
    if (ms > slowest.ms) slowest = { name, ms };
  }
  try {
    // What the reader itself takes is loaded before it is measured.
    await one('a sound text', 'csv', text, null);
    await one('a sound workbook', 'xlsx', plain, null);
    const chance = chanceOf(seed, 'tables');
    for (let number = 0; number < bent; number += 1) {
      const { ending, bytes } = bentTable(chance);
      await one(`bent ${number}`, ending, bytes, null);
    }
    const odd = oddTables.filter(({ name }) => only?.includes(name) ?? true);
    const before = process.resourceUsage().maxRSS;
    for (const { name, ending, bytes, code } of odd) await one(name, ending, bytes(), code);
    const peakMb = (process.resourceUsage().maxRSS - before) / 1024;
    return { cases: bent + odd.length, wrong, slowest, peakMb, ends: Object.fromEntries(ends) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// Handed over by play-hostile.ts.
const task = JSON.parse(process.argv[2] ?? '') as HostileTask;
process.stdout.write(JSON.stringify(await play(task)));
