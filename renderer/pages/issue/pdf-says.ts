import type { Extraction, PdfConfidence, PdfFieldName, PdfSource } from '../../../shared/contract/pdf-operations.ts';
import { formatBeijingDate } from '../../../shared/invoice/beijing-time.ts';
import { fieldsOfExtraction } from '../../../shared/invoice/from-extraction.ts';
import { formatYuan, parseYuan } from '../../../shared/invoice/money.ts';
import type { PdfMark } from '../../components/pdf/pdf-view.tsx';
import { formOf, type InvoiceForm, type ItemForm } from './form-values.ts';

/** Fields of the form that a PDF can fill. */
export type SaidName = Exclude<keyof InvoiceForm, 'templateId' | 'orderId'>;
type Box = NonNullable<Extraction['lines'][number]['box']>;
type Read = NonNullable<Extraction['fields'][PdfFieldName]>;

/** What the PDF says about one field of the form, in the form's own words. */
export interface Said {
  readonly name: SaidName;
  readonly value: InvoiceForm[SaidName];
  readonly source: PdfSource;
  readonly confidence: PdfConfidence;
  readonly box: Box | null;
  /** What it says in other places instead. */
  readonly others: readonly { readonly value: InvoiceForm[SaidName]; readonly source: PdfSource }[];
}

const readNames = {
  title: 'title',
  fee: 'feeFen',
  feeWithoutTax: 'feeWithoutTaxFen',
  tax: 'taxFen',
  billingTime: 'billingTime',
  billingNo: 'billingNo',
  billingCode: 'billingCode',
  checkCode: 'checkCode',
  buyerNumber: 'buyerNumber',
  buyerAddressAndPhone: 'buyerAddressAndPhone',
  buyerBankAccount: 'buyerBankAccount',
  sellerNumber: 'sellerNumber',
  sellerAddressAndPhone: 'sellerAddressAndPhone',
  sellerBankAccount: 'sellerBankAccount',
  remarks: 'remarks',
  cashier: 'cashier',
  maker: 'maker',
} as const satisfies Record<Exclude<SaidName, 'items'>, PdfFieldName>;

const amounts: readonly string[] = ['fee', 'feeWithoutTax', 'tax'];

/** Amounts are text in the form, everything else stands there as it was read. */
function inForm(name: SaidName, value: string | number): string | number {
  return amounts.includes(name) && typeof value === 'number' ? formatYuan(value) : value;
}

function saidOf(name: Exclude<SaidName, 'items'>, read: Read): Said {
  const { value, source, confidence, box, others } = read;
  return {
    name,
    value: inForm(name, value),
    source,
    confidence,
    box,
    others: others.map((other) => ({ value: inForm(name, other.value), source: other.source })),
  };
}

/** Everything a PDF says about the fields of the form, by field. */
export function saidBy(extraction: Extraction): ReadonlyMap<SaidName, Said> {
  const said = new Map<SaidName, Said>();
  // The keys are those of the object above.
  for (const [name, readName] of Object.entries(readNames) as [Exclude<SaidName, 'items'>, PdfFieldName][]) {
    const read = extraction.fields[readName];
    if (read) said.set(name, saidOf(name, read));
  }
  const [line] = extraction.lines;
  if (line && extraction.items.length > 0) {
    const { items } = formOf({ state: 'prepared', templateId: null, fields: fieldsOfExtraction(extraction) });
    said.set('items', {
      name: 'items',
      value: items,
      source: line.source,
      confidence: 'likely',
      box: null,
      others: [],
    });
  }
  return said;
}

const isItems = (value: InvoiceForm[SaidName]): value is readonly ItemForm[] => Array.isArray(value);
const plain = (text: string) => text.normalize('NFKC').replaceAll(/\s/g, '');
const itemText = ({ name, num, unit, price }: ItemForm) =>
  [plain(name), plain(num), plain(unit), parseYuan(price) ?? plain(price)].join('\n');

/** Whether two values of a field mean the same: width, blanks and the way an amount is written do not count. */
export function isSaidAlike(name: SaidName, one: InvoiceForm[SaidName], other: InvoiceForm[SaidName]): boolean {
  if (isItems(one) || isItems(other))
    return isItems(one) && isItems(other) && one.map(itemText).join('\n\n') === other.map(itemText).join('\n\n');
  if (name === 'billingTime') return formatBeijingDate(Number(one)) === formatBeijingDate(Number(other));
  if (!amounts.includes(name)) return plain(String(one)) === plain(String(other));
  const fen = parseYuan(String(one));
  return fen !== undefined && fen === parseYuan(String(other));
}

export function isEmptyValue(value: InvoiceForm[SaidName]): boolean {
  if (isItems(value)) return value.every((item) => itemText(item).trim() === '');
  return typeof value === 'number' ? value === 0 : value.trim() === '';
}

export interface Filling {
  readonly name: SaidName;
  readonly value: InvoiceForm[SaidName];
}

const emptyOf = (name: SaidName): InvoiceForm[SaidName] => (name === 'items' ? [] : name === 'billingTime' ? 0 : '');

/**
 * What a PDF changes in the form: what is empty, and what is there only because the PDF before it said so. Nothing that
 * a person typed.
 */
export function fillingsOf(
  form: InvoiceForm,
  said: ReadonlyMap<SaidName, Said>,
  before: ReadonlyMap<SaidName, Said>,
): readonly Filling[] {
  const names = [...new Set([...said.keys(), ...before.keys()])];
  return names.flatMap((name) => {
    const value = said.get(name)?.value ?? emptyOf(name);
    const earlier = before.get(name);
    const mayChange =
      isEmptyValue(form[name]) || (earlier !== undefined && isSaidAlike(name, form[name], earlier.value));
    return mayChange && !isSaidAlike(name, form[name], value) ? [{ name, value }] : [];
  });
}

/** Where on the page stands what a control of the form is about: a field, or a part of an item. */
export function markOf(
  extraction: Extraction,
  said: ReadonlyMap<SaidName, Said>,
  control: string,
): PdfMark | undefined {
  const item = /^items\.(\d+)\./.exec(control);
  if (item) {
    // Discounts are folded into the line above them.
    const line = extraction.lines.filter(({ netFen }) => netFen >= 0)[Number(item[1])];
    return line?.box ? { box: line.box, doubtful: false } : undefined;
  }
  const found = [...said.values()].find(({ name }) => name === control);
  return found?.box ? { box: found.box, doubtful: found.confidence === 'doubtful' } : undefined;
}
