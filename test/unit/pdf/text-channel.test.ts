import { describe, expect, it } from 'vitest';
import { readText } from '../../../electron/pdf/text-channel.ts';
import { digitalFrame, digitalRuns, type RecordedRun, recordedPage } from './recorded-page.ts';

const read = (more: readonly RecordedRun[], rules: Parameters<typeof recordedPage>[1] = digitalFrame) =>
  readText([recordedPage([...digitalRuns, ...more], rules)]);

const valuesOf = (answer: ReturnType<typeof read>) =>
  Object.fromEntries(Object.entries(answer.claims).map(([name, { value }]) => [name, value]));

/** A line of the item table as fully digital invoices set it. */
const itemRuns: readonly RecordedRun[] = [
  [18, 168, 8, '*印刷品*宣传册'],
  [146, 168, 8, '20260018'],
  [224, 168, 8, '本'],
  [290, 168, 8, '4'],
  [346, 168, 8, '25.00'],
  [422, 168, 8, '100.00'],
  [483, 168, 8, '13%'],
  [560, 168, 8, '13.00'],
];

describe('the printed text of a fully digital invoice', () => {
  it('is read by its labels', () => {
    const answer = read(itemRuns);
    expect(valuesOf(answer)).toEqual({
      type: '电子发票（普通发票）',
      billingNo: '26312000000010100556',
      billingTime: Date.UTC(2026, 10, 2, 16) / 1000,
      title: '苏州金禾食品有限公司',
      buyerNumber: '91310115MA1K4X7Q04',
      sellerName: '成都长风印刷有限公司',
      sellerNumber: '91320000MA1000000X',
      feeWithoutTaxFen: 10_000,
      taxFen: 1300,
      feeFen: 11_300,
      maker: '方一心',
    });
    expect(answer.capitalsFen).toBe(11_300);
  });

  it('needs no rules', () => {
    expect(valuesOf(read(itemRuns, {}))).toMatchObject({
      title: '苏州金禾食品有限公司',
      sellerName: '成都长风印刷有限公司',
    });
  });

  it('has its items in columns by the heads: a specification of digits is no quantity', () => {
    expect(read(itemRuns).lines).toMatchObject([
      {
        name: '*印刷品*宣传册',
        spec: '20260018',
        unit: '本',
        num: '4',
        price: '25.00',
        netFen: 10_000,
        rate: '13%',
        taxFen: 1300,
      },
    ]);
  });

  it('keeps a long price apart from the quantity that nearly touches it', () => {
    const [name, spec, unit, num, , ...rest] = itemRuns;
    const runs = [name, spec, unit, num, [298, 168, 8, '24.88495575221239'] as const, ...rest].filter(
      (run) => run !== undefined,
    );
    expect(read(runs).lines).toMatchObject([{ num: '4', price: '24.88495575221239' }]);
  });

  it('joins names that wrap, and gives a second amount a line of its own', () => {
    const second: RecordedRun[] = [
      [18, 178, 8, '（烫金）'],
      [18, 190, 8, '*印刷品*宣传册'],
      [418, 190, 8, '-10.00'],
      [483, 190, 8, '13%'],
      [560, 190, 8, '-1.30'],
    ];
    expect(read([...itemRuns, ...second]).lines).toMatchObject([
      { name: '*印刷品*宣传册（烫金）', netFen: 10_000 },
      { name: '*印刷品*宣传册', num: '', price: '', netFen: -1000, taxFen: -130 },
    ]);
  });

  it('leaves the words down the side out of names', () => {
    const sides = [...'销售方信息'].map((word, index): RecordedRun => [305.5, 97 + index * 10.2, 8, word]);
    expect(valuesOf(read([...itemRuns, ...sides]))).toMatchObject({ title: '苏州金禾食品有限公司' });
  });

  it('has addresses, accounts and the cashier in its remarks, "-" being none', () => {
    const remarks: RecordedRun[] = [
      [38, 298, 8, '购买方地址:方圆路1号; 电话:0512-1; 购方开户银行:示例银行; 银行账号:6222;'],
      [38, 309, 8, '销售方地址:-; 电话:-; 销方开户银行:某银行; 银行账号:31000; 收款人:子一; 复核人:门青;'],
    ];
    const values = valuesOf(read([...itemRuns, ...remarks]));
    expect(values).toMatchObject({
      buyerAddressAndPhone: '方圆路1号 0512-1',
      buyerBankAccount: '示例银行 6222',
      sellerBankAccount: '某银行 31000',
      cashier: '子一',
    });
    expect(values).not.toHaveProperty('sellerAddressAndPhone');
  });

  it('does not take a bank account for the number', () => {
    const runs = digitalRuns.filter(([, , , text]) => !/26312|发票号码/.test(text));
    const account: RecordedRun = [38, 298, 8, '银行账号 62220000000000000000'];
    expect(readText([recordedPage([...runs, account], digitalFrame)]).claims).not.toHaveProperty('billingNo');
  });
});
