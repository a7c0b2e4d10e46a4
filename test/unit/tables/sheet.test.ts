import { mkdtempDisposable, open, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CellValue, writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { cellText, readSheet } from '../../../electron/tables/sheet.ts';
import { listZipEntries, unpacksBeyond } from '../../../electron/tables/zip-contents.ts';

const workbook = (rows: CellValue[][], more: object = {}) => writeXlsx({ sheets: [{ name: '发票', rows }], ...more });

async function read(bytes: Uint8Array) {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'sheet-'));
  const path = join(folder.path, '发票.xlsx');
  await writeFile(path, bytes);
  await using file = await open(path, 'r');
  // Awaited here: the file is closed at the end of this block.
  return await readSheet(file, '发票.xlsx');
}

async function codeOf(bytes: Uint8Array): Promise<string> {
  const result = await read(bytes);
  return result.ok ? 'read' : result.error.code;
}

describe('a cell as text', () => {
  test.each<[CellValue | undefined, string]>([
    [null, ''],
    [undefined, ''],
    ['00412080', '00412080'],
    ['24312000000207100504', '24312000000207100504'],
    [113, '113'],
    [113.1, '113.1'],
    [113.10000000000001, '113.1'],
    [-0.5, '-0.5'],
    [true, 'TRUE'],
    [123_456_789_012_345, '123456789012345'],
    [Number('24312000000207100000'), '24312000000207100000'],
    [Number('24312000000207123504'), '2.4312000000207122E+19'],
    [Number('91310115000000000000'), '91310115000000000000'],
    [Number('310115199001011000'), '310115199001011000'],
    [Number('1234567890123456'), '1.234567890123456E+15'],
    [new Date(Date.UTC(2026, 10, 3)), '2026-11-03'],
    [new Date(Date.UTC(2026, 10, 3, 9, 5, 7)), '2026-11-03 09:05:07'],
    [new Date(Number.NaN), ''],
  ])('%s is %s', (value, text) => {
    expect(cellText(value)).toBe(text);
  });
});

describe('a workbook', () => {
  test('is read by its first sheet, with the row numbers that Excel shows', async () => {
    const result = await read(await workbook([['订单号', '税额'], [], ['WX1', 13.5], ['WX2']]));
    expect(result).toEqual({
      ok: true,
      value: [
        { rowNumber: 1, cells: ['订单号', '税额'] },
        { rowNumber: 3, cells: ['WX1', '13.5'] },
        { rowNumber: 4, cells: ['WX2', ''] },
      ],
    });
  });

  test('under a password is refused as such', async () => {
    expect(await codeOf(await workbook([['a']], { encryption: { password: 'x', spinCount: 10 } }))).toBe(
      'table.workbook-locked',
    );
  });

  test('of the old kind is refused as such', async () => {
    expect(await codeOf(Buffer.from('d0cf11e0a1b11ae1'.padEnd(1024, '0'), 'hex'))).toBe('table.is-workbook');
  });

  test('cut off in the middle, or no workbook inside, is damaged', async () => {
    const whole = await workbook([['订单号'], ['WX1']]);
    expect(await codeOf(whole.subarray(0, whole.length / 2))).toBe('table.workbook-damaged');
    const renamed = Buffer.from(whole);
    for (let at = renamed.indexOf('xl/workbook.xml'); at >= 0; at = renamed.indexOf('xl/workbook.xml', at))
      renamed.write('xl/workbook.bad', at);
    expect(await codeOf(renamed)).toBe('table.workbook-damaged');
  });

  test('of the binary kind is refused, whatever it is called', async () => {
    const renamed = Buffer.from(await workbook([['a']]));
    for (let at = renamed.indexOf('xl/workbook.xml'); at >= 0; at = renamed.indexOf('xl/workbook.xml', at))
      renamed.write('xl/workbook.bin', at);
    expect(await codeOf(renamed)).toBe('table.is-workbook');
  });

  test('with flipped bytes inside is damaged and never a crash', async () => {
    const whole = await workbook(Array.from({ length: 200 }, (_, row) => [`WX${row}`, row]));
    for (let at = 100; at < whole.length - 100; at += 97) {
      const flipped = Uint8Array.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ 0xff;
      expect(['read', 'table.workbook-damaged', 'table.is-workbook', 'table.too-large']).toContain(
        await codeOf(flipped),
      );
    }
  });
});

test('what a zip unpacks to is counted and not believed', async () => {
  const bytes = await workbook(Array.from({ length: 2000 }, () => ['0'.repeat(500)]));
  const entries = listZipEntries(bytes) ?? [];
  expect(entries.map(({ name }) => name)).toContain('xl/workbook.xml');
  expect(await unpacksBeyond(entries, 1000)).toBe(true);
  expect(await unpacksBeyond(entries, 100_000_000)).toBe(false);
});
