import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delimiter, ImportedTable } from '../../../electron/tables/invoice-table.ts';
import { readInvoiceTable } from '../../../electron/tables/read-invoice-table.ts';
import { type ReportRow, writeReport } from '../../../electron/tables/report.ts';
import { codesOf, header, makeFolder, nowSeconds, readTable, tableRow } from './table-files.ts';

const issued = { zhCN: '已开具', en: 'issued' };
const nothing = { zhCN: '', en: '' };

function reportRow(cells: readonly (readonly string[])[], changes: Partial<ReportRow> = {}): ReportRow {
  return {
    cells,
    outcome: issued,
    cardCode: '012345678901',
    openid: 'oX-1',
    explanation: nothing,
    cure: nothing,
    ...changes,
  };
}

async function reportOf(
  { header: names, rows, delimiter }: Pick<ImportedTable, 'header' | 'delimiter'> & { rows: readonly ReportRow[] },
  language: 'zh-CN' | 'en' = 'zh-CN',
): Promise<string> {
  await using folder = await makeFolder();
  const path = join(folder.path, 'report.csv');
  const written = await writeReport({ path, header: names, rows, language, delimiter });
  expect(written).toEqual({ ok: true, value: { path, rows: rows.length } });
  expect(await readdir(folder.path)).toEqual(['report.csv']);
  // Awaited here: the folder goes away with this block.
  return await readFile(path, 'utf8');
}

async function importAgain(table: ImportedTable): Promise<ImportedTable> {
  const rows = table.rows.map(({ cells }) => reportRow(cells, { explanation: { zhCN: '=1+1', en: '-' } }));
  return readTable(await reportOf({ ...table, rows }));
}

describe('a report', () => {
  it('shows the table as it came, then what became of each row', async () => {
    const cells = ['WX1', '某公司', '', '26312000000010000001', '00123', '=1+1', '-5.00'];
    const names = ['订单号', '购买方名称', '备注', '发票号码', '发票代码', '收款人', '税额'];
    const cure = { zhCN: '请改正', en: 'Correct it' };
    const rows = [reportRow([cells], { explanation: { zhCN: '第 2 行："a",b', en: 'x' }, cure })];
    expect(await reportOf({ header: names, rows, delimiter: ',' })).toBe(
      '\uFEFF订单号,购买方名称,备注,发票号码,发票代码,收款人,税额,处理结果,卡券code,openid,原因,解决办法\r\n' +
        `WX1,某公司,,"\t26312000000010000001","\t00123",'=1+1,-5.00,已开具,"\t012345678901",oX-1,"第 2 行：""a"",b",请改正\r\n`,
    );
    const english = await reportOf({ header: names, rows, delimiter: ',' }, 'en');
    expect(english.split('\r\n')[0]).toMatch(/Outcome,Card code,openid,Reason,What to do$/);
    expect(english).toContain(',issued,');
  });

  it('can be imported again as it is: every cell comes back, whatever it holds', async () => {
    const names = ['订单号', '购买方名称', '发票号码', '开票日期', '价税合计', '不含税金额', '税额', '备注'];
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
      fc.stringMatching(/^[=+\-@＝'"\t ,;\r\n]{0,3}[0-9a-c,;"'\t\r\n]{0,6}$/),
      fc.stringMatching(/^[0-9]{0,24}$/),
      fc.constantFrom('=cmd|/c calc', "'", '"', '""', '="0123"', '\uFEFF', '\r\n', '00000'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 7, maxLength: 7 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom<Delimiter>(',', ';', '\t'),
        async (contents, delimiter) => {
          const cells = contents.map((content, index) => [`order ${index}`, ...content]);
          const rows = cells.map((one) => reportRow([one]));
          const table = await readTable(await reportOf({ header: names, rows, delimiter }));
          expect(table.delimiter).toBe(delimiter);
          expect(table.rows.map((row) => row.cells[0]?.slice(0, names.length))).toEqual(cells);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('gives the same invoices and the same faults when it is imported again, and again', async () => {
    const first = await readTable(
      [
        header,
        tableRow(1, { 项目名称: '甲', 数量: '1', 单价: '40' }),
        'WX1,,,,,,,,,乙,2,30,',
        tableRow(2, { 发票号码: '2.4E+19' }),
        tableRow(3, { 发票代码: '031002600111', 发票号码: '00412080', 校验码: '1'.repeat(20), 备注: '"=a\n""b"""' }),
      ].join('\n'),
    );
    const second = await importAgain(first);
    const third = await importAgain(second);
    expect(first.rows.map(codesOf)).toEqual([[], ['number.excel-rounded'], []]);
    for (const again of [second, third]) {
      expect(again.rows.map(({ fields }) => fields)).toEqual(first.rows.map(({ fields }) => fields));
      expect(again.rows.map(({ findings }) => findings)).toEqual(first.rows.map(({ findings }) => findings));
    }
    expect(third.header).toEqual(second.header);
    expect(third.header.filter((name) => name === '处理结果')).toHaveLength(1);
  });

  it('does not make a row whole that had too few or too many columns', async () => {
    const first = await readTable([header, 'WX1,x', `${tableRow(2)},more`, tableRow(3)].join('\n'));
    const second = await importAgain(first);
    const third = await importAgain(second);
    for (const table of [first, second, third])
      expect(table.rows.map(codesOf)).toEqual([['row.columns-differ'], ['row.columns-differ'], []]);
    expect(third.rows[1]?.cells[0]).toContain('more');
  });

  it('leaves the old file and nothing else where writing fails', async () => {
    await using folder = await makeFolder();
    const path = join(folder.path, 'report.csv');
    await writeFile(path, 'old');
    function* broken(): Generator<ReportRow> {
      yield reportRow([['1']]);
      throw new Error('the database went away');
    }
    const input = { path, header: ['订单号'], language: 'zh-CN', delimiter: ',' } as const;
    await expect(writeReport({ ...input, rows: broken() })).rejects.toThrow('the database went away');
    expect(await readdir(folder.path)).toEqual(['report.csv']);
    expect(await readFile(path, 'utf8')).toBe('old');
    const nowhere = await writeReport({ ...input, path: join(folder.path, 'no', 'report.csv'), rows: [] });
    expect(nowhere).toMatchObject({ ok: false, error: { code: 'file.not-writable', details: { file: 'report.csv' } } });
  });

  it('takes rows as they come', async () => {
    await using folder = await makeFolder();
    async function* rows(): AsyncGenerator<ReportRow> {
      for (let number = 0; number < 3000; number += 1) yield reportRow([[`WX${number}`], ['', '']]);
    }
    const path = join(folder.path, 'report.csv');
    const input = { path, header: ['订单号', '备注'], language: 'en', delimiter: ';' } as const;
    expect(await writeReport({ ...input, rows: rows() })).toEqual({ ok: true, value: { path, rows: 3000 } });
    expect((await readFile(path, 'utf8')).split('\r\n')).toHaveLength(6002);
    const read = await readInvoiceTable({ path, fileName: 'report.csv' }, { nowSeconds });
    expect(read).toMatchObject({ ok: false, error: { code: 'table.missing-column' } });
  });
});
