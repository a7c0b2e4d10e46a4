import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInvoiceTable } from '../../../electron/tables/read-invoice-table.ts';
import { codesOf, header, makeFolder, nowSeconds, readTable, refuseTable, tableRow } from './table-files.ts';

function lines(...rows: string[]): string {
  return `${[header, ...rows].join('\r\n')}\r\n`;
}

describe('rows of a table', () => {
  it('become invoices with exact amounts and Beijing days', async () => {
    const table = await readTable(lines(tableRow(1, { 价税合计: '"1,113.05"', 不含税金额: '１１００．０５' })));
    expect(table).toMatchObject({ encoding: 'utf-8', delimiter: ',' });
    expect(table.rows).toHaveLength(1);
    expect(table.rows[0]).toMatchObject({
      rowNumber: 2,
      rowNumbers: [2],
      orderId: 'WX1',
      title: '上海青禾科技有限公司',
      findings: [],
      fields: {
        orderId: 'WX1',
        feeFen: 111_305,
        feeWithoutTaxFen: 110_005,
        taxFen: 1300,
        billingTime: Date.UTC(2026, 10, 2, 16) / 1000,
        billingNo: '26312000000010000001',
        billingCode: '',
        items: [],
      },
    });
  });

  it('keep commas, quotes and line breaks of remarks, and count rows as a spreadsheet does', async () => {
    const table = await readTable(lines(tableRow(1, { 备注: '"a,b\r\n""c"""' }), '', tableRow(2)));
    expect(table.rows.map(({ rowNumber }) => rowNumber)).toEqual([2, 4]);
    expect(table.rows[0]?.fields?.remarks).toBe('a,b\n"c"');
  });

  it('of one order become one invoice, wherever they stand', async () => {
    const table = await readTable(
      lines(
        tableRow(1, { 项目名称: '甲', 数量: '1', 单价: '40' }),
        tableRow(2),
        ',,,,,,,,,,,,',
        'WX1,,,,,,113,,,乙,2,30,',
        'WX1,,,,,,,,,,,,',
      ),
    );
    expect(table.rows.map(({ rowNumbers }) => rowNumbers)).toEqual([[2, 5, 6], [3]]);
    expect(table.rows[0]?.findings).toEqual([]);
    expect(table.rows[0]?.cells).toHaveLength(3);
    expect(table.rows[0]?.fields?.items).toEqual([
      { name: '甲', num: 1, unit: '', priceFen: 4000 },
      { name: '乙', num: 2, unit: '', priceFen: 3000 },
    ]);
  });

  it('of one order that contradict each other stop the order, and only it', async () => {
    const table = await readTable(lines(tableRow(1), tableRow(2), tableRow(1, { 价税合计: '114.00' })));
    expect(table.rows[0]).toMatchObject({ rowNumbers: [2, 4], fields: undefined });
    expect(table.rows[0]?.findings).toMatchObject([
      {
        code: 'row.duplicate-order',
        field: '价税合计',
        value: '114.00',
        text: { zhCN: expect.stringMatching(/^第 4 行：/) },
      },
    ]);
    expect(table.rows[1]?.fields).toBeDefined();
  });

  it('take items from numbered columns', async () => {
    const wide = `${header.replace('项目名称,数量,单价', '项目名称1,数量1,单价1,项目名称2,数量2,单价2')}`;
    const row = tableRow(1).replace(/,,,,$/, ',甲,1,40,乙,2,x,');
    const table = await readTable(`${wide}\n${row}\n`);
    expect(table.rows[0]?.findings).toMatchObject([{ code: 'amount.not-a-number', field: '单价2', value: 'x' }]);
    const good = await readTable(`${wide}\n${row.replace('x', '30')}\n`);
    expect(good.rows[0]?.fields?.items.map(({ name, priceFen }) => [name, priceFen])).toEqual([
      ['甲', 4000],
      ['乙', 3000],
    ]);
  });

  it.each([
    ['发票号码', '2.4E+19', 'number.excel-rounded'],
    ['发票号码', '26312000000010000000', 'number.cut-at-15'],
    ['发票号码', '412080', 'number.lost-zeros'],
    ['开票日期', '2026-02-30', 'time.not-a-date'],
    ['开票日期', '46349', 'time.serial-number'],
    ['价税合计', '18O.01', 'amount.not-a-number'],
    ['价税合计', '', 'value.required'],
    ['价税合计', '-113.00', 'amount.not-positive'],
    ['订单号', '1.23E+15', 'number.excel-rounded'],
    ['购买方名称', '', 'value.required'],
  ])('with %s %j are kept with the fault %s and do not stop the others', async (column, value, code) => {
    const changed = value === '26312000000010000000' ? '26312000000012300000' : value;
    const table = await readTable(lines(tableRow(1, { [column]: changed }), tableRow(2)));
    expect(table.rows[0]?.findings[0]).toMatchObject({ code, field: column, value: changed });
    expect(table.rows[0]?.findings).toHaveLength(1);
    expect(codesOf(table.rows[1])).toEqual([]);
  });

  it('tell all faults of a row at once, under the headers of the file', async () => {
    const english = 'order_id,title,billing_no,billing_time,fee,fee_without_tax,tax';
    const table = await readTable(`${english}\n,x,2.4E+19,46349,1a,-2.00,\n`);
    expect(table.rows[0]?.fields).toBeUndefined();
    expect(table.rows[0]?.findings.map(({ field, code }) => `${field} ${code}`).sort()).toEqual([
      'billing_no number.excel-rounded',
      'billing_time time.serial-number',
      'fee amount.not-a-number',
      'fee_without_tax amount.negative',
      'order_id value.required',
      'tax value.required',
    ]);
  });

  it('with code and number in each other’s place say so', async () => {
    const older = { 发票代码: '00412080', 发票号码: '031002600111', 校验码: '1'.repeat(20) };
    const table = await readTable(lines(tableRow(1, older)));
    expect(codesOf(table.rows[0])).toEqual(['code.swapped', 'code.swapped']);
  });

  it('that repeat an invoice are faulty from the second on', async () => {
    const older = { 发票代码: '031002600111', 发票号码: '00412080', 校验码: '12345 67890 12345 67890' };
    const otherCode = { ...older, 发票代码: '031002600211' };
    const table = await readTable(lines(tableRow(1, older), tableRow(2, otherCode), tableRow(3, older)));
    expect(table.rows.map(codesOf)).toEqual([[], [], ['row.duplicate-number']]);
    expect(table.rows[2]?.findings[0]?.text.zhCN).toContain('第 2 行');
    expect(table.rows[0]?.fields?.checkCode).toBe('12345678901234567890');
  });

  it('with too few or too many columns are faulty, empty cells behind the last column are not', async () => {
    const table = await readTable(lines('WX1,x', `${tableRow(2)},more`, `${tableRow(3)},,`));
    expect(table.rows.map(codesOf)).toEqual([['row.columns-differ'], ['row.columns-differ'], []]);
    expect(table.rows[0]?.findings[0]?.text.en).toContain('2 columns');
  });

  it('accept the forms that keep a spreadsheet from changing numbers', async () => {
    const changes = {
      订单号: '="00123"',
      发票代码: "'031002600111",
      发票号码: '="00412080"',
      校验码: '\t12345678901234567890',
    };
    const table = await readTable(lines(tableRow(1, changes), tableRow(2, { 备注: '"x=""1"",=""2"""' })));
    expect(table.rows[0]?.findings).toEqual([]);
    expect(table.rows[0]?.fields).toMatchObject({
      orderId: '00123',
      billingCode: '031002600111',
      billingNo: '00412080',
    });
    expect(table.rows[1]?.fields?.remarks).toBe('x="1",="2"');
  });

  it.each([';', '\t'] as const)('may be parted by %j', async (delimiter) => {
    const table = await readTable(lines(tableRow(1)).replaceAll(',', delimiter));
    expect(table.delimiter).toBe(delimiter);
    expect(table.rows[0]?.findings).toEqual([]);
  });

  it('may end in any kind of line break', async () => {
    for (const end of ['\n', '\r', '\r\n'])
      expect((await readTable([header, tableRow(1), tableRow(2)].join(end))).rows).toHaveLength(2);
  });
});

describe('a table that cannot be understood', () => {
  it.each([
    ['', 'table.empty'],
    [`${header}\r\n`, 'table.empty'],
    [`${header}\r\n,,,\r\n\r\n`, 'table.empty'],
    [`${header},天气,星座\r\n${tableRow(1)},晴,羊\r\n`, 'table.unknown-column'],
    [`${header},发票号\r\n${tableRow(1)},1\r\n`, 'table.duplicate-header'],
    [`${header},订单号\r\n${tableRow(1)},1\r\n`, 'table.duplicate-header'],
    ['订单号,发票号码\r\n1,2\r\n', 'table.missing-column'],
    [`${header}\r\n${tableRow(1)}\0\r\n`, 'table.has-nul'],
    ['PK\u0003\u0004abc', 'table.workbook-damaged'],
    [`${header}\r\nWX1,"上"海,1\r\n`, 'table.not-csv'],
    [`${header}\r\nWX1,上"海,1\r\n`, 'table.not-csv'],
  ])('%j is refused: %s', async (content, code) => {
    expect((await refuseTable(content)).code).toBe(code);
  });

  it('names the line of a quote that is not closed', async () => {
    const error = await refuseTable(lines(tableRow(1), tableRow(2, { 备注: '"open' }), tableRow(3)));
    expect(error).toMatchObject({ code: 'table.not-csv', details: { line: 3 } });
    expect(error.text.zhCN).toContain('引号没有关闭');
    expect(error.text.en).toContain('a quote is not closed');
  });

  it('names the line also where the open quote swallows more than a row can hold', async () => {
    const error = await refuseTable(lines(tableRow(1, { 备注: `"${'x'.repeat(2 * 1024 * 1024)}` })));
    expect(error).toMatchObject({ code: 'table.not-csv', details: { line: 2 } });
  });

  it('names every unknown and every missing column', async () => {
    const unknown = await refuseTable(`${header},天气,星座\n${tableRow(1)},晴,羊\n`);
    expect(unknown.details['columns']).toBe('天气、星座');
    const missing = await refuseTable('订单号,发票号码\n1,2\n');
    expect(missing.details['columns']).toBe('购买方名称、开票日期、价税合计、不含税金额、税额');
  });

  it('refuses more columns than any table has', async () => {
    expect((await refuseTable(`${','.repeat(600)}x\n1\n`)).code).toBe('table.too-large');
  });

  it('is refused by its file where there is none, or a folder', async () => {
    await using folder = await makeFolder();
    const missing = await readInvoiceTable({ path: join(folder.path, 'no.csv'), fileName: 'no.csv' }, { nowSeconds });
    expect(missing).toMatchObject({ ok: false, error: { code: 'file.not-found' } });
    const directory = await readInvoiceTable({ path: folder.path, fileName: 'x' }, { nowSeconds });
    expect(directory).toMatchObject({ ok: false, error: { code: 'file.is-folder' } });
  });
});
