import * as z from 'zod';
import { fillText, type Text, type TextParams, textSchema } from '../text.ts';

/** `fault` stops the row; `warning` is shown and goes on. */
export const severities = ['fault', 'warning'] as const;

export const findingSchema = z.strictObject({
  code: z.string(),
  severity: z.enum(severities),
  /** The domain field (`billingNo`, `items.2.priceFen`) or the column it is about. */
  field: z.string(),
  /** The value as it was found, shortened to 200 characters. */
  value: z.string(),
  text: textSchema,
  cure: textSchema,
});

/** Something that is wrong, or odd, about one value, with the cure. */
export type Finding = z.output<typeof findingSchema>;

interface FindingEntry {
  readonly severity: (typeof severities)[number];
  readonly text: Text;
  readonly cure: Text;
}

function entry(
  severity: (typeof severities)[number],
  [zhCN, en]: readonly [string, string],
  [cureZhCN, cureEn]: readonly [string, string],
): FindingEntry {
  return { severity, text: { zhCN, en }, cure: { zhCN: cureZhCN, en: cureEn } };
}

/** Everything that can be found about the content of an invoice or a table row. */
export const findingCatalogue = {
  'value.required': entry('fault', ['不能为空', 'must not be empty'], ['请填写。', 'Fill it in.']),
  'value.too-long': entry(
    'fault',
    ['太长（最多 {limit} 个字符）', 'is too long (at most {limit} characters)'],
    ['请缩短。', 'Shorten it.'],
  ),
  'value.control-character': entry(
    'fault',
    ['含有换行以外的控制字符', 'holds a control character'],
    ['请删掉不可见字符。', 'Remove the invisible character.'],
  ),
  'amount.not-a-number': entry(
    'fault',
    ['“{value}”不是金额', '"{value}" is not an amount'],
    ['请写成元，最多两位小数，如 1234.50。', 'Write yuan with at most two decimals, e.g. 1234.50.'],
  ),
  'amount.not-positive': entry(
    'fault',
    ['必须大于 0', 'must be greater than 0'],
    [
      '红字（负数）发票不能插卡，请核对金额。',
      'Red-letter (negative) invoices cannot become a card. Check the amount.',
    ],
  ),
  'amount.negative': entry('fault', ['不能是负数', 'must not be negative'], ['请核对金额。', 'Check the amount.']),
  'amount.sum-differs': entry(
    'warning',
    ['价税合计 {fee} ≠ 不含税金额 {net} + 税额 {tax}', 'total {fee} ≠ net {net} + tax {tax}'],
    ['请核对三个金额；确实如此可以继续。', 'Check the three amounts; go on if the invoice says so.'],
  ),
  'items.sum-differs': entry(
    'warning',
    ['明细合计 {sum} 与发票金额不符', 'the items add up to {sum}, which is neither net nor total'],
    ['请核对单价和数量（单价以元填写）。', 'Check prices and quantities (prices are in yuan).'],
  ),
  'item.num-not-whole': entry(
    'warning',
    [
      '数量“{value}”不是整数，微信只收整数，发送时将省略数量',
      'quantity "{value}" is not whole; WeChat takes whole numbers, it will be left out',
    ],
    ['可以继续。', 'You can go on.'],
  ),
  'item.num-not-a-number': entry(
    'fault',
    ['数量“{value}”不是数字', 'quantity "{value}" is not a number'],
    ['请填写数字或留空。', 'Enter a number or leave it empty.'],
  ),
  'item.name-missing': entry(
    'fault',
    ['缺少项目名称', 'the item has no name'],
    ['请填写项目名称，或删掉这一行明细。', 'Enter the name, or remove the line.'],
  ),
  'item.price-missing': entry(
    'fault',
    ['缺少单价', 'the item has no unit price'],
    ['请填写单价（元）。', 'Enter the unit price in yuan.'],
  ),
  'item.price-rounded': entry(
    'warning',
    [
      '单价“{value}”超过两位小数，微信只收到分，将按 {price} 元发送',
      'unit price "{value}" has over two decimals; WeChat takes fen, {price} will be sent',
    ],
    ['可以继续。', 'You can go on.'],
  ),
  'items.too-many': entry(
    'fault',
    ['明细超过 {limit} 行', 'there are more than {limit} items'],
    ['请合并明细。', 'Merge items.'],
  ),
  'time.not-a-date': entry(
    'fault',
    ['“{value}”不是有效的日期', '"{value}" is not a valid date'],
    ['请写成 2026-11-23 这样的日期。', 'Write a date such as 2026-11-23.'],
  ),
  'time.in-future': entry(
    'warning',
    ['开票日期在将来', 'the date lies in the future'],
    ['请核对日期。', 'Check the date.'],
  ),
  'time.too-early': entry(
    'fault',
    [
      '开票日期早于 2001-09-09，微信只收 10 位时间戳',
      'the date is before 2001-09-09; WeChat takes 10-digit timestamps only',
    ],
    ['请核对日期。', 'Check the date.'],
  ),
  'time.serial-number': entry(
    'fault',
    ['“{value}”是 Excel 的日期序号，不是日期', '"{value}" is an Excel date serial, not a date'],
    ['请把这一列设为“文本”或日期格式后重新导出。', 'Format the column as text or date and export again.'],
  ),
  'order.bad-character': entry(
    'fault',
    ['订单号里有空格或不可见字符', 'the order number holds a space or an invisible character'],
    ['请删掉空格。', 'Remove it.'],
  ),
  'order.unusual': entry(
    'warning',
    [
      '订单号超过 32 位，或含有字母、数字、“-”“_”以外的字符',
      'the order number has over 32 characters, or others than letters, digits, - and _',
    ],
    [
      '微信没有公布规则，请确认与客户授权时的订单号一致。',
      'WeChat publishes no rule; make sure it equals the authorised one.',
    ],
  ),
  'number.excel-rounded': entry(
    'fault',
    [
      '“{value}”被 Excel 变成了科学计数法，后面的数字已经丢失',
      '"{value}" was turned into scientific notation by Excel; its digits are lost',
    ],
    [
      '请从税务平台重新取得原始号码，并把该列设为“文本”。',
      'Get the number from the tax platform again and format the column as text.',
    ],
  ),
  'number.cut-at-15': entry(
    'fault',
    [
      '号码“{value}”末尾是一串 0，像是被 Excel 截断到 15 位',
      '"{value}" ends in zeros, as if Excel had cut it to 15 digits',
    ],
    [
      '请从税务平台重新取得原始号码，并把该列设为“文本”。',
      'Get the number from the tax platform again and format the column as text.',
    ],
  ),
  'number.became-date': entry(
    'warning',
    [
      '“{value}”像是一个日期，可能是 Excel 把号码（如 11-23）变成了日期',
      '"{value}" looks like a date: Excel may have made one of a number such as 11-23',
    ],
    [
      '请核对；有误时请补上原来的号码，并把该列设为“文本”。',
      'Check it; if wrong, put the number back and format the column as text.',
    ],
  ),
  'number.lost-zeros': entry(
    'fault',
    [
      '“{value}”只有 {digits} 位，像是被 Excel 去掉了开头的 0',
      '"{value}" has {digits} digits, as if Excel had dropped leading zeros',
    ],
    ['请补回开头的 0，并把该列设为“文本”。', 'Put the zeros back and format the column as text.'],
  ),
  'number.not-digits': entry(
    'fault',
    ['只能是数字', 'must be digits only'],
    ['请删掉空格、字母和符号。', 'Remove spaces, letters and signs.'],
  ),
  'number.wrong-length': entry(
    'fault',
    [
      '发票号码应为 20 位（数电票）或 8 位，现在是 {digits} 位',
      'the invoice number has 20 digits (fully digital) or 8, this has {digits}',
    ],
    ['请核对发票号码。', 'Check the number.'],
  ),
  'code.wrong-length': entry(
    'fault',
    [
      '8 位发票号码需要 10 位或 12 位发票代码，现在是 {digits} 位',
      'an 8-digit number needs a 10- or 12-digit code, this has {digits}',
    ],
    ['请核对发票代码。', 'Check the code.'],
  ),
  'code.not-for-digital': entry(
    'fault',
    [
      '数电票（20 位号码）没有发票代码，应留空',
      'a fully digital invoice (20-digit number) has no code; leave it empty',
    ],
    ['请清空发票代码。', 'Empty the code.'],
  ),
  'code.swapped': entry(
    'fault',
    ['发票代码和发票号码填反了', "code and number stand in each other's place"],
    ['请交换这两栏。', 'Swap the two.'],
  ),
  'check-code.missing': entry(
    'fault',
    ['这种发票需要校验码', 'this kind of invoice needs its check code'],
    ['校验码在发票右上角、开票日期下面。', 'It stands top right, below the date.'],
  ),
  'check-code.wrong': entry(
    'fault',
    [
      '校验码应为 20 位数字（深圳区块链发票为 5 位）',
      'the check code has 20 digits (5 characters on Shenzhen blockchain invoices)',
    ],
    ['请核对校验码。', 'Check it.'],
  ),
  'check-code.not-for-digital': entry(
    'fault',
    ['数电票没有校验码，应留空', 'a fully digital invoice has no check code; leave it empty'],
    ['请清空校验码。', 'Empty it.'],
  ),
  'tax-id.unusual': entry(
    'warning',
    ['纳税人识别号通常是 15–20 位数字或大写字母', 'a taxpayer ID usually has 15–20 digits or capitals'],
    ['请核对。', 'Check it.'],
  ),
  'tax-id.check-digit': entry(
    'warning',
    ['18 位统一社会信用代码的校验位不对', 'the check digit of the 18-character credit code is wrong'],
    ['可能有一位写错了，请核对。', 'One character may be wrong, check it.'],
  ),
  'row.duplicate-number': entry(
    'fault',
    ['与第 {row} 行的发票代码和号码相同', 'same invoice code and number as row {row}'],
    ['一张发票只能插卡一次，请删掉重复的一行。', 'One invoice becomes one card: remove one of the rows.'],
  ),
  'row.duplicate-order': entry(
    'fault',
    ['与第 {row} 行的订单号相同，但内容不同', 'same order number as row {row}, but other content'],
    ['一个订单号只能对应一张卡券，请改用不同的订单号。', 'One order is one card: use different order numbers.'],
  ),
  'row.columns-differ': entry(
    'fault',
    ['这一行有 {found} 列，表头有 {expected} 列', 'the row has {found} columns, the header has {expected}'],
    ['请检查这一行的逗号和引号。', 'Check its commas and quotes.'],
  ),
  'row.conflicts-with-record': entry(
    'fault',
    [
      '订单 {orderId} 已在程序中，但内容不同（{fields}）',
      'order {orderId} is in the records already with other content ({fields})',
    ],
    [
      '已开具的发票不能改；重开请用新的订单号。',
      'An issued invoice cannot change; use a new order number for a re-issue.',
    ],
  ),
  'row.order-has-other-invoice': entry(
    'fault',
    [
      '订单 {orderId} 已用于发票 {billingNo}，微信不会为同一个订单再发一张卡券',
      'order {orderId} has been used for invoice {billingNo}; WeChat makes no second card for an order',
    ],
    [
      '重开或拆分的发票请改用新的订单号，例如 {proposal}。',
      'A re-issued or split invoice needs a new order number, such as {proposal}.',
    ],
  ),
  'row.order-voided': entry(
    'fault',
    [
      '订单 {orderId} 的卡券已冲红，微信不会为同一个订单再发一张卡券',
      'the card of order {orderId} has been voided; WeChat makes no second card for an order',
    ],
    [
      '重开的发票请改用新的订单号，例如 {proposal}。',
      'A re-issued invoice needs a new order number, such as {proposal}.',
    ],
  ),
  'row.card-voided': entry(
    'warning',
    ['这张发票的卡券已冲红', 'the card of this invoice has been voided'],
    [
      '如需重开，请用新的发票和新的订单号，例如 {proposal}。',
      'To re-issue it, use a new invoice and a new order number, such as {proposal}.',
    ],
  ),
  'row.number-used': entry(
    'fault',
    ['这张发票（代码＋号码）已用于订单 {orderId}', 'this invoice (code + number) is used by order {orderId} already'],
    ['一张发票只能插卡一次，请核对号码。', 'One invoice becomes one card: check the number.'],
  ),
  'pdf.not-found': entry(
    'fault',
    ['在 PDF 文件夹里找不到对应的文件', 'no matching file in the PDF folder'],
    [
      '请把文件命名为发票号码或订单号，或在“PDF文件”一列写明文件名。',
      'Name it after the invoice number or order, or fill the column PDF文件.',
    ],
  ),
  'pdf.ambiguous': entry(
    'fault',
    ['有不止一个 PDF 与这一行对应：{files}', 'more than one PDF fits this row: {files}'],
    ['请在“PDF文件”一列写明文件名。', 'Fill the column PDF文件 with the file name.'],
  ),
  'pdf.empty': entry(
    'fault',
    ['{file} 是空文件（0 字节）', '{file} is empty (0 bytes)'],
    ['请重新下载 PDF。', 'Download it again.'],
  ),
  'pdf.not-pdf': entry(
    'fault',
    ['{file} 不是 PDF', '{file} is not a PDF'],
    ['请换成发票 PDF。', 'Use the invoice PDF.'],
  ),
  'pdf.too-large': entry(
    'fault',
    ['{file} 有 {sizeMb} MB，超过 {limitMb} MB', '{file} has {sizeMb} MB, over {limitMb} MB'],
    ['请使用税务平台导出的原始 PDF。', 'Use the original PDF from the tax platform.'],
  ),
  'pdf.used-by-other': entry(
    'fault',
    ['{file} 已用于订单 {orderId}', '{file} is used by order {orderId} already'],
    ['一个 PDF 只能插卡一次，请核对文件。', 'One PDF becomes one card: check the file.'],
  ),
  'pdf.sources-disagree': entry(
    'warning',
    ['PDF 里的说法不一致：“{value}”和“{other}”', 'the PDF says "{value}" in one place and "{other}" in another'],
    ['请对照 PDF 选择正确的值。', 'Compare with the page and choose the right one.'],
  ),
  'pdf.capitals-differ': entry(
    'warning',
    ['价税合计的大写是 {capitals}，小写是 {value}', 'the total is {capitals} in capitals and {value} in figures'],
    ['请对照 PDF 核对金额。', 'Compare the amount with the page.'],
  ),
  'pdf.red-letter': entry(
    'fault',
    ['这是红字（负数）发票，不能插卡', 'this is a red-letter (negative) invoice, which cannot become a card'],
    [
      '请改用蓝字发票的 PDF；已插卡的原发票请改状态。',
      'Use the PDF of the original invoice; void its card where it has one.',
    ],
  ),
  'pdf.number-missing': entry(
    'warning',
    ['在 PDF 里没有读到发票号码', 'no invoice number was found in the PDF'],
    ['请对照 PDF 填写。', 'Type it from the page.'],
  ),
  'pdf.qr-only': entry(
    'warning',
    ['这个 PDF 是图片，只从二维码读到几栏', 'this PDF is an image; only what its QR code says was read'],
    [
      '请填写其余栏目，或改用税务平台导出的原始 PDF。',
      'Fill in the rest, or use the original PDF of the tax platform.',
    ],
  ),
  'pdf.not-invoice': entry(
    'warning',
    ['这个 PDF 不像发票（可能是行程单等附件）', 'this PDF does not look like an invoice (a trip sheet perhaps)'],
    ['请选择发票 PDF；行程单作为附件添加。', 'Choose the invoice; add a trip sheet as an attachment.'],
  ),
  'pdf.discount-folded': entry(
    'warning',
    [
      '折扣行已并入上一行，卡券没有负数行',
      'discount lines were folded into the line above; cards have no negative ones',
    ],
    ['可以继续。', 'You can go on.'],
  ),
  'pdf.pages-unread': entry(
    'warning',
    ['PDF 有 {value} 页，只读了前 {read} 页', 'the PDF has {value} pages, only the first {read} were read'],
    ['请核对明细和金额。', 'Check items and amounts.'],
  ),
  'pdf.differs': entry(
    'warning',
    ['PDF 上是“{pdf}”', 'is "{pdf}" in the PDF'],
    [
      '微信会拒绝与 PDF 不一致的内容。请采用 PDF 的值，或换成这张发票的 PDF。',
      "WeChat refuses what differs from the PDF: take the PDF's value, or use the PDF of this invoice.",
    ],
  ),
  'pdf.differs-doubtful': entry(
    'warning',
    ['PDF 上可能是“{pdf}”，但读得不确定', 'may be "{pdf}" in the PDF, which could not be read for sure'],
    ['请打开 PDF 核对，再决定采用哪个值。', 'Look at the PDF before you take a value.'],
  ),
  'pdf.left-empty': entry(
    'warning',
    ['PDF 上可能是“{value}”，但读得不确定，没有填入', 'may be "{value}" in the PDF; not being sure, it was left empty'],
    ['请对照 PDF 填写。', 'Type it from the page.'],
  ),
  'pdf.items-left-out': entry(
    'warning',
    [
      'PDF 有 {value} 行明细，表格最多放 {limit} 行，没有填入',
      'the PDF has {value} items, a table holds {limit}: left out',
    ],
    ['需要明细时请到“开票”页单独开具。', 'Where the card needs them, issue this invoice on the Issue page.'],
  ),
  'pdf.no-order': entry(
    'fault',
    ['找不到属于哪个已授权的订单', 'no authorised order was found for it'],
    [
      '请把订单号写进文件名，或等客户授权后再试。',
      'Put the order number into its file name, or wait until the customer has authorised.',
    ],
  ),
  'pdf.several-orders': entry(
    'fault',
    ['可能属于几个订单：{orders}', 'may belong to several orders: {orders}'],
    ['请把正确的订单号写进文件名。', 'Put the right order number into its file name.'],
  ),
  'pdf.order-taken': entry(
    'fault',
    ['订单 {orderId} 已经对上另一个 PDF：{other}', 'order {orderId} is matched with another PDF already: {other}'],
    ['一个订单只能开一张；拆分请用新的订单号。', 'One order is one card; to split it use a new order number.'],
  ),
  'pdf.order-amount-differs': entry(
    'warning',
    [
      '发票金额 {value} 与订单 {orderId} 的金额 {money} 不同',
      'its amount {value} differs from that of order {orderId}, {money}',
    ],
    ['请核对是不是这个订单的发票。', 'Check that it is the invoice of this order.'],
  ),
  'pdf.order-title-differs': entry(
    'warning',
    [
      '发票抬头“{value}”与客户填写的“{title}”不同',
      'its title "{value}" differs from "{title}", which the customer filled in',
    ],
    ['请核对后再开具。', 'Check it before issuing.'],
  ),
  'order.twice': entry(
    'fault',
    ['订单号在第 {row} 行已经出现', 'the order number stands in row {row} already'],
    ['一个订单只能授权一次，请删掉一行。', 'One order is authorised once: remove one of the rows.'],
  ),
  'order.amount-changed': entry(
    'fault',
    ['已有这个订单，金额是 {money}', 'this order is here already, with the amount {money}'],
    [
      '链接里的金额不能再改；请核对，或用新的订单号。',
      'The amount of its link cannot change: check it, or use a new order number.',
    ],
  ),
  'pdf.same-invoice': entry(
    'fault',
    ['与 {other} 是同一张发票', 'is the same invoice as {other}'],
    ['一张发票只能插卡一次，请删掉多余的 PDF。', 'One invoice becomes one card: remove one of the files.'],
  ),
} as const satisfies Record<string, FindingEntry>;

export type FindingCode = keyof typeof findingCatalogue;

/** Makes a finding; `{value}` in its texts is filled with the value, other places from `params`. */
export function finding(code: FindingCode, field: string, value = '', params: TextParams = {}): Finding {
  const { severity, text, cure }: FindingEntry = findingCatalogue[code];
  const shown = value.length > 200 ? `${value.slice(0, 199)}…` : value;
  const filled = { value: shown, ...params };
  return { code, severity, field, value: shown, text: fillText(text, filled), cure: fillText(cure, filled) };
}

export function hasFault(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'fault');
}
