import type { InvoiceFieldName } from '../invoice/invoice.ts';
import { toHalfWidth } from '../invoice/money.ts';
import { inLanguage, type Language, type Text } from '../text.ts';

/** What a column of a table can hold: a field of the invoice, a part of one of its items, or the name of its PDF. */
export type TableField = InvoiceFieldName | ItemField | 'pdfFile';
export type ItemField = 'itemName' | 'itemNum' | 'itemUnit' | 'itemPrice';

interface Column {
  readonly header: Text;
  /** Every further name it goes by: the API document's, the tax platforms', the shops'. */
  readonly names: readonly string[];
  readonly required?: true;
}

function column(zhCN: string, en: string, names: readonly string[], required?: 'required'): Column {
  return { header: { zhCN, en }, names, ...(required && { required: true }) };
}

/** The columns of an invoice table in the order of the sample. Amounts stand in yuan, times as Beijing dates. */
export const tableColumns = {
  orderId: column('订单号', 'Order number', ['order_id', '订单编号', '商户订单号', 'Order', 'Order ID'], 'required'),
  title: column(
    '购买方名称',
    'Buyer name',
    ['title', '发票抬头', '抬头', '购方名称', '买方名称', '抬头名称', 'Invoice title', 'Buyer'],
    'required',
  ),
  buyerNumber: column('购买方纳税人识别号', 'Buyer tax ID', [
    'buyer_number',
    '购买方税号',
    '购方税号',
    '购方纳税人识别号',
    '购买方识别号',
    '购方识别号',
    '购买方统一社会信用代码/纳税人识别号',
    '购买方统一社会信用代码',
    '税号',
  ]),
  billingCode: column('发票代码', 'Invoice code', ['billing_code', 'Billing code']),
  billingNo: column(
    '发票号码',
    'Invoice number',
    ['billing_no', 'Billing number', '发票号', '数电发票号码', '数电票号码', '全电发票号码', 'Invoice no'],
    'required',
  ),
  billingTime: column(
    '开票日期',
    'Invoice date',
    ['billing_time', '开票时间', 'Billing time', 'Invoice time', 'Date'],
    'required',
  ),
  checkCode: column('校验码', 'Check code', ['check_code', '发票校验码']),
  feeFen: column('价税合计', 'Total with tax', ['fee', '价税合计金额', '金额(含税)', '含税金额', 'Total'], 'required'),
  feeWithoutTaxFen: column(
    '不含税金额',
    'Net amount',
    ['fee_without_tax', '金额', '合计金额', '金额(不含税)', 'Amount without tax', 'Net'],
    'required',
  ),
  taxFen: column('税额', 'Tax', ['tax', '合计税额', '税额合计', 'Tax amount'], 'required'),
  itemName: column('项目名称', 'Item name', [
    'name',
    '商品名称',
    '货物名称',
    '货物或应税劳务名称',
    '货物或应税劳务、服务名称',
    '商品',
    'Item',
  ]),
  itemNum: column('数量', 'Quantity', ['num', '商品数量', 'Qty']),
  itemUnit: column('单位', 'Unit', ['unit', '计量单位', '商品单位']),
  itemPrice: column('单价', 'Unit price', ['price', '商品单价']),
  buyerAddressAndPhone: column('购买方地址、电话', 'Buyer address and phone', [
    'buyer_address_and_phone',
    '购买方地址电话',
    '购方地址电话',
    '购方地址、电话',
  ]),
  buyerBankAccount: column('购买方开户行及账号', 'Buyer bank and account', [
    'buyer_bank_account',
    '购方开户行及账号',
    '购买方银行账号',
    '购方银行账号',
  ]),
  sellerNumber: column('销售方纳税人识别号', 'Seller tax ID', [
    'seller_number',
    '销售方税号',
    '销方税号',
    '销方纳税人识别号',
    '销售方识别号',
    '销方识别号',
    '销售方统一社会信用代码/纳税人识别号',
    '销售方统一社会信用代码',
  ]),
  sellerAddressAndPhone: column('销售方地址、电话', 'Seller address and phone', [
    'seller_address_and_phone',
    '销售方地址电话',
    '销方地址电话',
    '销方地址、电话',
  ]),
  sellerBankAccount: column('销售方开户行及账号', 'Seller bank and account', [
    'seller_bank_account',
    '销方开户行及账号',
    '销售方银行账号',
    '销方银行账号',
  ]),
  remarks: column('备注', 'Remarks', ['remarks', 'remark', '发票备注', 'Note']),
  cashier: column('收款人', 'Payee', ['cashier']),
  maker: column('开票人', 'Drawer', ['maker', 'Invoicer', 'Issued by']),
  pdfFile: column('PDF文件', 'PDF file', ['pdf', '文件名', 'PDF文件名', 'pdf_file', 'File', 'File name']),
} as const satisfies Record<TableField, Column>;

/** What the report adds behind the columns of the import, in this order. */
export const reportColumns = {
  outcome: { zhCN: '处理结果', en: 'Outcome' },
  cardCode: { zhCN: '卡券code', en: 'Card code' },
  openid: { zhCN: 'openid', en: 'openid' },
  explanation: { zhCN: '原因', en: 'Reason' },
  cure: { zhCN: '解决办法', en: 'What to do' },
} as const satisfies Record<string, Text>;

/** Columns that other programs export and that no field of the card takes; they are carried along, not read. */
const ignoredNames = [
  '序号',
  '销售方名称',
  '销方名称',
  '税率',
  '税率/征收率',
  '规格型号',
  '发票类型',
  '发票种类',
  '票种',
];

const unitNote =
  /[([【](?:单位[:：]?)?(?:人民币)?(?:元|rmb|cny|yuan|¥|必填|选填|可选|可不填|required|optional)[)\]】]/g;

/** A header as it is compared: half width, lower case, without spaces, `*` and unit notes such as `（元）`. */
export function normaliseHeader(header: string): string {
  return toHalfWidth(header).toLowerCase().replaceAll(/[\s*]/g, '').replaceAll(unitNote, '');
}

const itemFields: readonly TableField[] = ['itemName', 'itemNum', 'itemUnit', 'itemPrice'];
const mostNumberedItems = 20;

// Object.entries widens the keys of a literal to string; they are exactly the table fields.
const columnEntries = Object.entries(tableColumns) as [TableField, Column][];

const fieldByName = new Map(
  columnEntries.flatMap(([field, { header, names }]) =>
    [header.zhCN, header.en, ...names].map((name) => [normaliseHeader(name), field] as const),
  ),
);

const ignored = new Set(ignoredNames.map(normaliseHeader));

/** `item` is 0 for a plain column, 1–20 for numbered ones such as `数量2`. */
export type ColumnMatch =
  | { readonly kind: 'field'; readonly field: TableField; readonly item: number }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'unknown' };

/** Which column a header names. */
export function matchHeader(header: string): ColumnMatch {
  const name = normaliseHeader(header);
  const field = fieldByName.get(name);
  if (field) return { kind: 'field', field, item: 0 };
  if (ignored.has(name) || isReportHeader(header)) return { kind: 'ignored' };
  const [, base = '', digits = ''] = /^(.*?)[_#-]?([1-9]\d?)$/.exec(name) ?? [];
  const numbered = fieldByName.get(base);
  const item = Number(digits);
  if (numbered && itemFields.includes(numbered) && item <= mostNumberedItems)
    return { kind: 'field', field: numbered, item };
  return { kind: 'unknown' };
}

/** Fields without whose column a table cannot be imported. */
export const requiredFields = columnEntries.filter(([, { required }]) => required).map(([field]) => field);

export function isTableField(name: string): name is TableField {
  return Object.hasOwn(tableColumns, name);
}

/** The header under which a field is written. */
export function headerOf(field: TableField, language: Language = 'zh-CN'): string {
  return inLanguage(tableColumns[field].header, language);
}

/** What people call an invoice's fields: the headers of their columns. */
export function nameFields(fields: readonly string[], language: Language): string[] {
  // The only field without a column of its own name is the list of items.
  return fields.map((field) => headerOf(isTableField(field) ? field : 'itemName', language));
}

/** The headers that a report adds, in order. */
export function reportHeaders(language: Language): readonly string[] {
  return Object.values(reportColumns).map((header) => inLanguage(header, language));
}

const reportNames = new Set(
  Object.values(reportColumns).flatMap(({ zhCN, en }) => [normaliseHeader(zhCN), normaliseHeader(en)]),
);

/** Whether a column was added by a report, so that the next report takes its place. */
export function isReportHeader(header: string): boolean {
  return reportNames.has(normaliseHeader(header));
}
