import { open } from 'node:fs/promises';
import iconv from 'iconv-lite';

/** 25 columns, as tax platforms export them: every one the program reads, and two that it carries along. */
const header = [
  '订单号,购买方名称,购买方纳税人识别号,发票代码,发票号码,开票日期,校验码,价税合计,不含税金额,税额',
  '项目名称,数量,单位,单价,购买方地址、电话,购买方开户行及账号,销售方纳税人识别号,销售方地址、电话',
  '销售方开户行及账号,备注,收款人,开票人,PDF文件,规格型号,税率',
].join(',');

function rowOf(number: number, total = '113.00'): string {
  const digits = String(number).padStart(9, '0');
  return [
    `WX2026${digits}`,
    '上海青禾食品有限公司',
    '91310115MA1K3RQ07W',
    '',
    `26312000000${digits}`,
    '2026-11-20',
    '',
    total,
    '100.00',
    '13.00',
    '*日用品*云南白药牙膏',
    '4',
    '支',
    '25.00',
    '"上海市浦东新区张江路 88 号, 021-55550000"',
    '招商银行上海张江支行 121900000000',
    '91310115MA1K3RQ07W',
    '上海市徐汇区漕溪北路 18 号 021-66660000',
    '中国工商银行上海徐汇支行 1001000000',
    '第二批次，随货同行',
    '王芳',
    '李静',
    `${digits}.pdf`,
    '120g',
    '13%',
  ].join(',');
}

/**
 * Writes a table in GB18030, an order a row, all of them good.
 * @param faultyEvery the total of each so many-th has a letter in it
 */
export async function writeWideTable(
  path: string,
  rows: number,
  faultyEvery = Number.POSITIVE_INFINITY,
): Promise<void> {
  await using file = await open(path, 'w');
  await file.appendFile(iconv.encode(`${header}\r\n`, 'gb18030'));
  for (let from = 0; from < rows; from += 1000) {
    const lines = Array.from({ length: Math.min(1000, rows - from) }, (_, index) => {
      const number = from + index + 1;
      return number % faultyEvery === 0 ? rowOf(number, '113.OO') : rowOf(number);
    });
    await file.appendFile(iconv.encode(`${lines.join('\r\n')}\r\n`, 'gb18030'));
  }
}
