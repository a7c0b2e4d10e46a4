import { describe, expect, it } from 'vitest';
import { readText } from '../../../electron/pdf/text-channel.ts';
import { type RecordedRun, recordedPage } from './recorded-page.ts';

/** The words down the sides of the two parties. */
const sides: readonly RecordedRun[] = ['购买方信息', '销售方信息'].flatMap((words, side) =>
  [...words].map((word, index): RecordedRun => [side === 0 ? 18 : 305, 97 + index * 10.2, 8, word]),
);

const frame = (sumsAt: number, totalAt: number) => ({
  horizontal: [86, 148, sumsAt, totalAt, totalAt + 62],
  vertical: [
    { at: 318, from: 86, to: 148 },
    { at: 301, from: 86, to: 148 },
    { at: 31, from: totalAt, to: totalAt + 62 },
  ],
});

function readPage(runs: readonly RecordedRun[], rules: Parameters<typeof recordedPage>[1]) {
  const { claims, lines, capitalsFen } = readText([recordedPage([...sides, ...runs], rules)]);
  return {
    values: Object.fromEntries(Object.entries(claims).map(([name, { value }]) => [name, value])),
    lines: lines.map(({ name, spec, unit, num, price, netFen, rate, taxFen }) =>
      [name, spec, unit, num, price, netFen, rate, taxFen].join('|'),
    ),
    capitalsFen,
  };
}

/** Labels with their values laid a little over them, amounts set higher than their labels, a title of rare characters. */
const goods: readonly RecordedRun[] = [
  [194.5, 29.5, 20, '电⼦发票（普通发票）'],
  [440.5, 42.5, 9, '发票号码：'],
  [486.5, 42.5, 9, '26427000000200000137'],
  [440.5, 60.5, 9, '开票日期：'],
  [486.5, 60.5, 9, '2026年02月03日'],
  [34.5, 109.5, 9, '名称：'],
  [59.5, 109.5, 9, '方一心'],
  [324.5, 109.5, 9, '名称：'],
  [349.5, 109.5, 9, '武汉青石贸易有限公司'],
  [34.5, 134.5, 9, '统一社会信用代码/纳税人识别号：'],
  [324.5, 134.5, 9, '统一社会信用代码/纳税人识别号：'],
  [462, 134.5, 9, '91420000MA4K0000X1'],
  [46.5, 162.5, 9, '项目名称'],
  [120.5, 162.5, 9, '规格型号'],
  [191.5, 162.5, 9, '单  位'],
  [265.5, 162.5, 9, '数  量'],
  [335.5, 162.5, 9, '单  价'],
  [408.5, 162.5, 9, '金  额'],
  [447.5, 162.5, 9, '税率/征收率'],
  [555.5, 162.5, 9, '税  额'],
  [16, 173.5, 9, '*果类加工品*（青石）'],
  [122, 173.5, 8.4, '750g'],
  [200.5, 173.5, 9, '盒'],
  [287.8, 173.5, 8.4, '1'],
  [343.2, 173.5, 8, '96.46'],
  [415.2, 173.5, 8, '96.46'],
  [467.3, 173.5, 9, '13%'],
  [563.7, 173.5, 8, '12.54'],
  [16, 186.5, 9, '每日坚果750g'],
  [16, 199.5, 9, '*水果*猕猴桃礼盒L3'],
  [122, 199.5, 9, '详见包装'],
  [200.5, 199.5, 9, '盒'],
  [287.8, 199.5, 8.4, '1'],
  [343.2, 199.5, 8, '89.91'],
  [415.2, 199.5, 8, '89.91'],
  [469.3, 199.5, 9, '9%'],
  [567.9, 199.5, 8, '8.09'],
  [60.5, 276.5, 9, '合'],
  [105.5, 276.5, 9, '计'],
  [402.1, 275.5, 8.5, '¥186.37'],
  [554.7, 275.5, 8.5, '¥20.63'],
  [50.5, 294.5, 9, '价税合计（大写）'],
  [182, 293.5, 9, '贰佰零柒圆整'],
  [409.5, 294.5, 9, '（小写）'],
  [446, 291.5, 9, '¥ 207.00'],
  [18, 317.5, 9, '备'],
  [18, 332.5, 9, '注'],
  [34.5, 311.5, 8, '100201-0276-2120362'],
  [57.5, 381.5, 9, '开票人：'],
  [93.5, 380.5, 9, 'admin'],
];

/** Passenger transport: six columns in another order, a discount, a table of journeys between the sums and the total. */
const journeys: readonly RecordedRun[] = [
  [194, 36, 18, '电子发票（普通发票）'],
  [20, 30, 9, '旅客运输服务'],
  [418, 40, 8.5, '发票号码：'],
  [461, 41, 8.5, '25327000000600000263'],
  [418, 58, 8.5, '开票日期：'],
  [461, 58, 8.5, '2025年06月23日'],
  [36, 106, 8, '名称：'],
  [57, 106, 8, '苏州金禾食品有限公司'],
  [323, 106, 8, '名称：'],
  [347, 106, 8, '南京行远科技有限公司'],
  [36, 130, 8, '统一社会信用代码/纳税人识别号：'],
  [168, 130, 8, '91310115MA1K4X7Q04'],
  [323, 130, 8, '统一社会信用代码/纳税人识别号：'],
  [452, 130, 8, '91320000MA1000000X'],
  [60, 154, 8, '项目名称'],
  [190, 154, 8, '单 价'],
  [270, 154, 8, '数 量'],
  [360, 154, 8, '金 额'],
  [450, 154, 8, '税率/征收率'],
  [555, 154, 8, '税 额'],
  [18, 168, 8, '*运输服务*客运服务费'],
  [170, 168, 8, '129.757282'],
  [282, 168, 8, '1'],
  [356, 168, 8, '129.76'],
  [466, 168, 8, '3%'],
  [560, 168, 8, '3.89'],
  [18, 180, 8, '*运输服务*客运服务费'],
  [354, 180, 8, '-30.99'],
  [466, 180, 8, '3%'],
  [556, 180, 8, '-0.93'],
  [33, 216, 8, '合        计'],
  [354, 216, 8, '¥98.77'],
  [556, 216, 8, '¥2.96'],
  [40, 230, 8, '出行人'],
  [110, 230, 8, '有效身份证件号'],
  [200, 230, 8, '出行日期'],
  [280, 230, 8, '出发地'],
  [350, 230, 8, '到达地'],
  [430, 230, 8, '等 级'],
  [500, 230, 8, '交通工具类型'],
  [28, 278, 8, '价税合计（大写）'],
  [174, 278, 9, '壹佰零壹圆柒角叁分'],
  [418, 278, 8, '（小写）'],
  [456, 278, 9, '¥101.73'],
  [60, 366, 8, '开票人：'],
  [94, 366, 8, '方一心'],
];

/** Blanks between the characters of labels, ¥ apart from its figures, accounts in the remarks with blanks between them. */
const spaced: readonly RecordedRun[] = [
  [194, 36, 18, '电子发票（增值税专用发票）'],
  [418, 40, 8.5, '发票号码:'],
  [461, 41, 8.5, '25117000001000002384'],
  [418, 58, 8.5, '开票日期:'],
  [461, 58, 8.5, '2025年08月14日'],
  [36, 106, 8, '名称：苏州金禾食品有限公司'],
  [323, 106, 8, '名称：北京行远旅行社有限公司'],
  [36, 130, 8, '统一社会信用代码/纳税人识别号：91310115MA1K4X7Q04'],
  [323, 130, 8, '统一社会信用代码/纳税人识别号：91320000MA1000000X'],
  [40, 154, 8, '项目名称'],
  [146, 154, 8, '规格型号'],
  [220, 154, 8, '单 位'],
  [274, 154, 8, '数 量'],
  [346, 154, 8, '单 价'],
  [426, 154, 8, '金 额'],
  [467, 154, 8, '税率/征收率'],
  [560, 154, 8, '税 额'],
  [18, 168, 8, '*经纪代理服务*代订住'],
  [224, 168, 8, '次'],
  [290, 168, 8, '1'],
  [346, 168, 8, '720.75'],
  [422, 168, 8, '720.75'],
  [483, 168, 8, '6%'],
  [560, 168, 8, '43.25'],
  [18, 178, 8, '宿费'],
  [33, 258, 8, '合        计'],
  [424, 258, 8, '720.75'],
  [418, 258, 8, '¥'],
  [561, 258, 8, '43.25'],
  [556, 258, 8, '¥'],
  [28, 278, 8, '价 税 合 计 （ 大 写 ）'],
  [174, 278, 9, '柒佰陆拾肆圆整'],
  [418, 278, 8, '（ 小 写 ）'],
  [470, 278, 9, '764.00'],
  [464, 278, 9, '¥'],
  [38, 298, 8, '购方开户银行:示例银行苏州支行    银行账号:479300000681'],
  [38, 309, 8, '购方地址:苏州市方圆路36号    电话:0512-60000053'],
  [60, 366, 8, '开票人：'],
  [94, 366, 8, '方一心'],
];

describe.each([
  ['with its frame', true],
  ['without rules', false],
])('a fully digital invoice as issuers set it, %s', (_, hasFrame) => {
  it('has labels and values on lines that are not quite one', () => {
    const { values, lines, capitalsFen } = readPage(goods, hasFrame ? frame(283, 301) : {});
    expect(values).toMatchObject({
      billingNo: '26427000000200000137',
      title: '方一心',
      sellerName: '武汉青石贸易有限公司',
      sellerNumber: '91420000MA4K0000X1',
      feeWithoutTaxFen: 18_637,
      taxFen: 2063,
      feeFen: 20_700,
      maker: 'admin',
      remarks: '100201-0276-2120362',
    });
    // A person has no tax ID, and the seller's is not the buyer's.
    expect(values).not.toHaveProperty('buyerNumber');
    expect(capitalsFen).toBe(20_700);
    expect(lines).toEqual([
      '*果类加工品*（青石）每日坚果750g|750g|盒|1|96.46|9646|13%|1254',
      '*水果*猕猴桃礼盒L3|详见包装|盒|1|89.91|8991|9%|809',
    ]);
  });

  it('has a table of journeys that is not taken for items', () => {
    const { values, lines, capitalsFen } = readPage(journeys, hasFrame ? frame(222, 286) : {});
    expect(values).toMatchObject({ feeWithoutTaxFen: 9877, taxFen: 296, feeFen: 10_173, billingTime: 1_750_608_000 });
    expect(values).toMatchObject({ title: '苏州金禾食品有限公司', sellerName: '南京行远科技有限公司' });
    expect(capitalsFen).toBe(10_173);
    expect(lines).toEqual([
      '*运输服务*客运服务费|||1|129.757282|12976|3%|389',
      '*运输服务*客运服务费|||||-3099|3%|-93',
    ]);
  });

  it('has blanks in its labels and none but blanks between what the remarks say', () => {
    const { values, lines, capitalsFen } = readPage(spaced, hasFrame ? frame(264, 286) : {});
    expect(values).toMatchObject({
      feeWithoutTaxFen: 72_075,
      taxFen: 4325,
      feeFen: 76_400,
      buyerBankAccount: '示例银行苏州支行 479300000681',
      buyerAddressAndPhone: '苏州市方圆路36号 0512-60000053',
    });
    expect(capitalsFen).toBe(76_400);
    expect(lines).toEqual(['*经纪代理服务*代订住宿费||次|1|720.75|72075|6%|4325']);
  });
});
