import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { readInvoiceTable } from '../../../electron/tables/read-invoice-table.ts';
import { header, makeFolder, nowSeconds, readTable, refuseTable, tableRow } from './table-files.ts';

const text = `${header}\r\n${tableRow(1, { 购买方名称: '𠮷野町㐂多多（上海）', 备注: '"第一行\n第二行，“引号”€"' })}\r\n`;
const withMark = (bytes: Uint8Array, mark: readonly number[]) => Buffer.concat([Buffer.from(mark), bytes]);

const encoded = {
  'utf-8': Buffer.from(text),
  'utf-8 with mark': withMark(Buffer.from(text), [0xef, 0xbb, 0xbf]),
  'utf-16le with mark': withMark(Buffer.from(text, 'utf16le'), [0xff, 0xfe]),
  'utf-16be with mark': withMark(Buffer.from(text, 'utf16le').swap16(), [0xfe, 0xff]),
  gb18030: iconv.encode(text, 'gb18030'),
} as const;

describe('the encoding of a table', () => {
  it('makes no difference to what is read', async () => {
    const plain = await readTable(encoded['utf-8']);
    expect(plain.rows[0]?.fields?.title).toBe('𠮷野町㐂多多（上海）');
    for (const [name, bytes] of Object.entries(encoded)) {
      const table = await readTable(bytes);
      expect(name).toContain(table.encoding);
      expect({ ...table, encoding: plain.encoding }).toEqual(plain);
    }
  });

  it('is decided over the whole file: characters of GB18030 may come late', async () => {
    const ascii = 'order_id,title,billing_no,billing_time,fee,fee_without_tax,tax,remarks';
    const row = (number: number) => `WX${number},Acme,2631200000001${1_000_000 + number},2026-11-03,113,100,13,none`;
    const rows = Array.from({ length: 5000 }, (_, number) => row(number));
    const late = [ascii, ...rows, `${row(6000)}没有`].join('\n');
    const table = await readTable(iconv.encode(late, 'gb18030'));
    expect(table.encoding).toBe('gb18030');
    expect(table.rows.at(-1)?.fields?.remarks).toBe('none没有');
    expect((await readTable(late)).encoding).toBe('utf-8');
  });

  it('may be chosen by hand, and still has to fit', async () => {
    const table = await readTable(encoded.gb18030, { encoding: 'gb18030' });
    expect(table.rows[0]?.findings).toEqual([]);
    expect((await refuseTable(encoded.gb18030, { encoding: 'utf-8' })).code).toBe('table.encoding-unknown');
    const unmarked = encoded['utf-16le with mark'].subarray(2);
    expect((await readTable(unmarked, { encoding: 'utf-16le' })).rows[0]?.fields?.orderId).toBe('WX1');
    expect((await refuseTable(unmarked)).code).toBe('table.has-nul');
  });

  it('is not guessed where nothing fits', async () => {
    expect((await refuseTable(new Uint8Array([0x80, 0xff, 0xff, 0x0a, 0xff]))).code).toBe('table.encoding-unknown');
    const shiftJis = iconv.encode('注文番号,宛名\n1,ニホン\n', 'shift_jis');
    expect((await refuseTable(shiftJis)).code).toBe('table.encoding-unknown');
  });

  it('keeps characters whole wherever the pieces of a large file end', async () => {
    await using folder = await makeFolder();
    const path = join(folder.path, 'a.csv');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 65_536 - 400, max: 65_536 }),
        fc.constantFrom('utf8', 'gb18030', 'utf16le'),
        async (length, encoding) => {
          const start = `${header}\n${tableRow(1, { 备注: 'REMARK' })}\n`;
          const remark =
            'x'.repeat(Math.max(0, length - iconv.encode(start, encoding).length)) + '𠮷㐂汉字""，€\r\n'.repeat(40);
          const content = start.replace('REMARK', `"${remark}"`);
          await writeFile(path, iconv.encode(content, encoding, { addBOM: encoding === 'utf16le' }));
          const table = await readInvoiceTable({ path, fileName: 'a.csv' }, { nowSeconds });
          expect(table.ok && table.value.rows[0]?.fields?.remarks).toBe(
            remark.replaceAll('""', '"').replaceAll('\r\n', '\n').trim(),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps unquoted ="…" cells whole wherever the pieces of a large file end', async () => {
    const rows = Array.from({ length: 3000 }, (_, number) =>
      tableRow(number + 1, { 订单号: `="${String(number).padStart(9, '0')}"`, 备注: '="1"' }),
    );
    const table = await readTable([header, ...rows].join('\n'));
    expect(table.rows.map(({ orderId }) => orderId)).toEqual(rows.map((_, number) => String(number).padStart(9, '0')));
    expect(table.rows.filter(({ fields }) => fields?.remarks !== '1')).toEqual([]);
  });
});
