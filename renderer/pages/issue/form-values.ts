import * as z from 'zod';
import type { Invoice } from '../../../shared/contract/invoice-operations.ts';
import { type Finding, finding, hasFault } from '../../../shared/invoice/findings.ts';
import type { InvoiceFields, InvoiceItem } from '../../../shared/invoice/invoice.ts';
import { formatYuan, parseYuan, toHalfWidth } from '../../../shared/invoice/money.ts';
import { checkInvoice } from '../../../shared/invoice/rules.ts';

/** A line as it is typed. */
export interface ItemForm {
  readonly name: string;
  readonly num: string;
  readonly unit: string;
  readonly price: string;
}

type Amounts = 'feeFen' | 'feeWithoutTaxFen' | 'taxFen';

/** The form as it is typed: amounts are text in yuan; the date is seconds since 1970, 0 where there is none. */
export interface InvoiceForm extends Omit<InvoiceFields, Amounts | 'items'> {
  readonly templateId: number | null;
  readonly fee: string;
  readonly feeWithoutTax: string;
  readonly tax: string;
  readonly items: readonly ItemForm[];
}

export type TextName = Exclude<keyof InvoiceForm, 'templateId' | 'billingTime' | 'items' | 'remarks'>;

export const blankItem: ItemForm = { name: '', num: '', unit: '', price: '' };

/** The order in which the eye meets the fields; the first faulty one gets the focus. */
const formOrder = [
  'templateId',
  'orderId',
  'title',
  'billingNo',
  'billingTime',
  'billingCode',
  'checkCode',
  'feeWithoutTax',
  'tax',
  'fee',
  'buyerNumber',
  'buyerAddressAndPhone',
  'buyerBankAccount',
  'sellerNumber',
  'sellerAddressAndPhone',
  'sellerBankAccount',
  'items',
  'remarks',
  'cashier',
  'maker',
] as const satisfies readonly (keyof InvoiceForm)[];

/** The id of a field's control in the page. */
export function controlId(field: string): string {
  return `invoice-${field.replaceAll('.', '-')}`;
}

function itemToForm({ name, num, unit, priceFen }: InvoiceItem, isDraft: boolean): ItemForm {
  return {
    name,
    unit,
    num: num === null ? '' : String(num),
    // In a draft 0 may stand for a price not typed yet, so it is asked for again.
    price: isDraft && priceFen === 0 ? '' : formatYuan(priceFen),
  };
}

/** An invoice's stored content as it stands in the form. */
export function formOf(invoice: Pick<Invoice, 'fields' | 'templateId' | 'state'>): InvoiceForm {
  const { feeFen, feeWithoutTaxFen, taxFen, items, ...texts } = invoice.fields;
  const isDraft = invoice.state === 'draft';
  const amount = (fen: number, sure: boolean) => (fen === 0 && isDraft && !sure ? '' : formatYuan(fen));
  return {
    ...texts,
    templateId: invoice.templateId,
    fee: amount(feeFen, false),
    feeWithoutTax: amount(feeWithoutTaxFen, false),
    // Without tax both amounts are equal: then the 0 was meant.
    tax: amount(taxFen, feeFen > 0 && feeFen === feeWithoutTaxFen),
    items: items.map((item) => itemToForm(item, isDraft)),
  };
}

function isBlank({ name, num, unit, price }: ItemForm): boolean {
  return [name, num, unit, price].every((text) => text.trim() === '');
}

function readAmount(path: string, text: string, found: Finding[]): number {
  if (text.trim() === '') {
    found.push(finding('value.required', path));
    return 0;
  }
  const fen = parseYuan(text);
  if (fen === undefined) found.push(finding('amount.not-a-number', path, text));
  return fen ?? 0;
}

function readQuantity(path: string, text: string, found: Finding[]): number | null {
  const plain = toHalfWidth(text).trim();
  if (plain === '') return null;
  if (/^-?\d{1,9}(\.0+)?$/.test(plain)) return Number(plain);
  found.push(finding(/^-?\d+\.\d+$/.test(plain) ? 'item.num-not-whole' : 'item.num-not-a-number', path, text));
  return null;
}

function readItem(item: ItemForm, index: number, found: Finding[]): InvoiceItem {
  const path = `items.${index}`;
  const priceFen = parseYuan(item.price);
  if (item.price.trim() === '') found.push(finding('item.price-missing', `${path}.price`));
  else if (priceFen === undefined) found.push(finding('amount.not-a-number', `${path}.price`, item.price));
  return {
    name: item.name.trim(),
    num: readQuantity(`${path}.num`, item.num, found),
    unit: item.unit.trim(),
    priceFen: priceFen ?? 0,
  };
}

function orderOf({ field }: Finding): number {
  return formOrder.findIndex((name) => field === name || field.startsWith(`${name}.`));
}

export interface FormReading {
  readonly fields: InvoiceFields;
  /** In the order of the form, with the form's own field names. */
  readonly findings: readonly Finding[];
}

/** Turns what is typed into an invoice, and says what is wrong or odd about it by the one set of rules. */
export function readForm(form: InvoiceForm, nowSeconds: number): FormReading {
  const { templateId, fee, feeWithoutTax, tax, items, ...texts } = form;
  const typed: Finding[] = [];
  if (templateId === null) typed.push(finding('value.required', 'templateId'));
  const amounts = {
    feeWithoutTaxFen: readAmount('feeWithoutTax', feeWithoutTax, typed),
    taxFen: readAmount('tax', tax, typed),
    feeFen: readAmount('fee', fee, typed),
  };
  const amountsUnread = typed.some(({ field }) => field !== 'templateId');
  const filled = items.map((item, index) => ({ item, index })).filter(({ item }) => !isBlank(item));
  const fields: InvoiceFields = {
    ...texts,
    ...amounts,
    items: filled.map(({ item, index }) => readItem(item, index, typed)),
  };
  const unread = new Set(typed.map(({ field }) => field));
  const pricesUnread = [...unread].some((field) => field.endsWith('.price'));
  const checked = checkInvoice(fields, nowSeconds)
    .map((one) => ({
      ...one,
      field: formField(
        one.field,
        filled.map(({ index }) => index),
      ),
    }))
    .filter(({ field }) => !unread.has(field))
    .filter(({ code }) => !(amountsUnread && code === 'amount.sum-differs'))
    .filter(({ code }) => !((amountsUnread || pricesUnread) && code === 'items.sum-differs'));
  return { fields, findings: [...typed, ...checked].sort((one, other) => orderOf(one) - orderOf(other)) };
}

/** `feeFen` → `fee`; `items.1.priceFen` → `items.2.price` where the second line of the form is blank. */
function formField(field: string, lines: readonly number[]): string {
  const name = field.replace(/Fen$/, '');
  const [list, line, ...rest] = name.split('.');
  return line === undefined ? name : [list, lines[Number(line)] ?? line, ...rest].join('.');
}

/** The form's schema: passes where {@link readForm} finds no fault, and yields the invoice. */
export function createFormSchema(nowSeconds: () => number) {
  return z.custom<InvoiceForm>().transform((form, context): InvoiceFields => {
    const { fields, findings } = readForm(form, nowSeconds());
    if (hasFault(findings))
      for (const { field, severity, code } of findings)
        if (severity === 'fault')
          context.issues.push({ code: 'custom', message: code, path: field.split('.'), input: form });
    return fields;
  });
}
