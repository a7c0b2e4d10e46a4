import { describe, expect, it } from 'vitest';
import { headerOf, isReportHeader, matchHeader, reportHeaders, tableColumns } from '../../../shared/table/columns.ts';

const field = (name: string) => {
  const match = matchHeader(name);
  return match.kind === 'field' ? `${match.field}.${match.item}` : match.kind;
};

describe('the headers of an invoice table', () => {
  it.each([
    ['发票号码', 'billingNo.0'],
    [' 发票号码 ', 'billingNo.0'],
    ['*发票号码', 'billingNo.0'],
    ['发 票 号 码', 'billingNo.0'],
    ['billing_no', 'billingNo.0'],
    ['Billing_No', 'billingNo.0'],
    ['Invoice number', 'billingNo.0'],
    ['价税合计（元）', 'feeFen.0'],
    ['价税合计(元)', 'feeFen.0'],
    ['金额（含税）', 'feeFen.0'],
    ['金额', 'feeWithoutTaxFen.0'],
    ['税额[人民币元]', 'taxFen.0'],
    ['购买方名称（必填）', 'title.0'],
    ['发票抬头', 'title.0'],
    ['购方税号', 'buyerNumber.0'],
    ['ＰＤＦ文件', 'pdfFile.0'],
    ['项目名称1', 'itemName.1'],
    ['数量 2', 'itemNum.2'],
    ['单价20（元）', 'itemPrice.20'],
    ['item name 3', 'itemName.3'],
  ])('reads %j as %s', (header, expected) => {
    expect(field(header)).toBe(expected);
  });

  it.each(['项目名称0', '项目名称21', '项目名称100', '发票号码1', '天气', ''])('does not know %j', (header) => {
    expect(field(header)).toBe('unknown');
  });

  it.each(['处理结果', 'Outcome', '卡券code', 'openid', '序号', '税率'])('passes over %j', (header) => {
    expect(field(header)).toBe('ignored');
  });

  it('gives every field a header in both languages that leads back to it', () => {
    for (const name of Object.keys(tableColumns) as (keyof typeof tableColumns)[]) {
      expect(field(headerOf(name, 'zh-CN'))).toBe(`${name}.0`);
      expect(field(headerOf(name, 'en'))).toBe(`${name}.0`);
    }
  });

  it('gives no name to two fields', () => {
    for (const [name, { names }] of Object.entries(tableColumns))
      expect(names.map(field)).toEqual(names.map(() => `${name}.0`));
  });

  it('knows the columns of its own report', () => {
    expect([...reportHeaders('zh-CN'), ...reportHeaders('en')].filter((header) => !isReportHeader(header))).toEqual([]);
    expect(isReportHeader('备注')).toBe(false);
  });
});
