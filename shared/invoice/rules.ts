import { type Finding, finding } from './findings.ts';
import type { InvoiceFieldName, InvoiceFields, InvoiceItem } from './invoice.ts';
import { formatYuan } from './money.ts';
import { hasValidCheckCharacter } from './tax-id.ts';

/** Longest text this program takes for a field; WeChat publishes no limits (surrounding-api.md, section 8). */
const longestTexts = [
  ['orderId', 64],
  ['title', 200],
  ['buyerNumber', 40],
  ['sellerNumber', 40],
  ['buyerAddressAndPhone', 300],
  ['buyerBankAccount', 300],
  ['sellerAddressAndPhone', 300],
  ['sellerBankAccount', 300],
  ['remarks', 1000],
  ['cashier', 60],
  ['maker', 60],
] as const satisfies readonly (readonly [InvoiceFieldName, number])[];

// Line breaks are legal in remarks only; the other fields carry one line each.
const controlCharacter = /[\p{Cc}\u200b-\u200f\u2028\u2029\ufeff]/u;

function checkText(fields: InvoiceFields): Finding[] {
  const found: Finding[] = [];
  for (const [name, limit] of longestTexts) {
    const value = fields[name];
    const visible = name === 'remarks' ? value.replaceAll(/\r?\n/g, '') : value;
    if (value.length > limit) found.push(finding('value.too-long', name, value, { limit }));
    if (name !== 'orderId' && controlCharacter.test(visible))
      found.push(finding('value.control-character', name, value));
  }
  return found;
}

function checkOrder({ orderId }: InvoiceFields): Finding[] {
  if (orderId === '') return [finding('value.required', 'orderId')];
  if (/\s/.test(orderId) || controlCharacter.test(orderId)) return [finding('order.bad-character', 'orderId', orderId)];
  return /^[\w-]{1,32}$/.test(orderId) ? [] : [finding('order.unusual', 'orderId', orderId)];
}

function checkAmounts({ feeFen, feeWithoutTaxFen, taxFen, items }: InvoiceFields): Finding[] {
  const found: Finding[] = [];
  if (feeFen <= 0) found.push(finding('amount.not-positive', 'feeFen', formatYuan(feeFen)));
  if (feeWithoutTaxFen < 0) found.push(finding('amount.negative', 'feeWithoutTaxFen', formatYuan(feeWithoutTaxFen)));
  if (taxFen < 0) found.push(finding('amount.negative', 'taxFen', formatYuan(taxFen)));
  if (found.length === 0 && feeFen !== feeWithoutTaxFen + taxFen)
    found.push(
      finding('amount.sum-differs', 'feeFen', formatYuan(feeFen), {
        fee: formatYuan(feeFen),
        net: formatYuan(feeWithoutTaxFen),
        tax: formatYuan(taxFen),
      }),
    );
  const sum = sumOfItems(items);
  // Unit prices are rounded to fen, so a line may be off by half a fen for each piece of it.
  const slack = items.reduce((total, { num }) => total + Math.max(1, num ?? 1), 0);
  const near = (amount: number) => sum !== undefined && Math.abs(sum - amount) <= slack;
  if (sum !== undefined && !near(feeFen) && !near(feeWithoutTaxFen))
    found.push(finding('items.sum-differs', 'items', '', { sum: formatYuan(sum) }));
  return found;
}

/** Sum of num × price in fen, or undefined where there are no lines or a line has no quantity. */
export function sumOfItems(items: readonly InvoiceItem[]): number | undefined {
  if (items.length === 0 || items.some(({ num }) => num === null)) return undefined;
  return items.reduce((total, { num, priceFen }) => total + (num ?? 0) * priceFen, 0);
}

function checkItems({ items }: InvoiceFields): Finding[] {
  return items.flatMap(({ name, num, unit }, index) => [
    ...(name.trim() === '' ? [finding('item.name-missing', `items.${index}.name`)] : []),
    ...(name.length > 200 ? [finding('value.too-long', `items.${index}.name`, name, { limit: 200 })] : []),
    ...(controlCharacter.test(name) ? [finding('value.control-character', `items.${index}.name`, name)] : []),
    ...(controlCharacter.test(unit) ? [finding('value.control-character', `items.${index}.unit`, unit)] : []),
    ...(unit.length > 40 ? [finding('value.too-long', `items.${index}.unit`, unit, { limit: 40 })] : []),
    ...(num !== null && num <= 0 ? [finding('amount.not-positive', `items.${index}.num`, String(num))] : []),
  ]);
}

function checkNumbers({ billingNo, billingCode, checkCode }: InvoiceFields): Finding[] {
  if (billingNo === '') return [finding('value.required', 'billingNo')];
  if (/^(\d{10}|\d{12})$/.test(billingNo) && /^\d{8}$/.test(billingCode))
    return [finding('code.swapped', 'billingCode', billingCode), finding('code.swapped', 'billingNo', billingNo)];
  if (!/^\d+$/.test(billingNo)) return [finding('number.not-digits', 'billingNo', billingNo)];
  if (billingNo.length === 20) return checkDigital(billingCode, checkCode);
  if (billingNo.length < 8 && billingNo.length >= 5)
    return [finding('number.lost-zeros', 'billingNo', billingNo, { digits: billingNo.length })];
  if (billingNo.length !== 8)
    return [finding('number.wrong-length', 'billingNo', billingNo, { digits: billingNo.length })];
  return checkOlder(billingCode, checkCode);
}

function checkDigital(billingCode: string, checkCode: string): Finding[] {
  return [
    ...(billingCode === '' ? [] : [finding('code.not-for-digital', 'billingCode', billingCode)]),
    ...(checkCode === '' ? [] : [finding('check-code.not-for-digital', 'checkCode', checkCode)]),
  ];
}

function checkOlder(billingCode: string, checkCode: string): Finding[] {
  const found: Finding[] = [];
  const digits = billingCode.length;
  if (billingCode === '') found.push(finding('value.required', 'billingCode'));
  else if (!/^\d+$/.test(billingCode)) found.push(finding('number.not-digits', 'billingCode', billingCode));
  else if (digits === 9 || digits === 11)
    found.push(finding('number.lost-zeros', 'billingCode', billingCode, { digits }));
  else if (digits !== 10 && digits !== 12)
    found.push(finding('code.wrong-length', 'billingCode', billingCode, { digits }));
  if (checkCode === '') found.push(finding('check-code.missing', 'checkCode'));
  else if (!/^(\d{20}|[0-9a-fA-F]{5})$/.test(checkCode))
    found.push(finding('check-code.wrong', 'checkCode', checkCode));
  return found;
}

function checkTime({ billingTime }: InvoiceFields, nowSeconds: number): Finding[] {
  if (billingTime === 0) return [finding('value.required', 'billingTime')];
  if (billingTime > 9_999_999_999) return [finding('time.not-a-date', 'billingTime', String(billingTime))];
  if (billingTime < 1_000_000_000) return [finding('time.too-early', 'billingTime', String(billingTime))];
  return billingTime > nowSeconds + 86_400 ? [finding('time.in-future', 'billingTime', String(billingTime))] : [];
}

function checkTaxId(field: 'buyerNumber' | 'sellerNumber', value: string): Finding[] {
  if (value === '') return [];
  if (!/^[0-9A-Z]{15,20}$/.test(value)) return [finding('tax-id.unusual', field, value)];
  const isCreditCode = value.length === 18 && /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(value) && !/^\d{17}X$/.test(value);
  return isCreditCode && !hasValidCheckCharacter(value) ? [finding('tax-id.check-digit', field, value)] : [];
}

/**
 * Everything that is wrong or odd about an invoice's content, in the order of the form. Used by the form, by imports
 * and before issuing, so that one rule speaks everywhere.
 * @param nowSeconds seconds since 1970, for dates in the future
 */
export function checkInvoice(fields: InvoiceFields, nowSeconds: number): Finding[] {
  return [
    ...checkOrder(fields),
    ...(fields.title.trim() === '' ? [finding('value.required', 'title')] : []),
    ...checkNumbers(fields),
    ...checkTime(fields, nowSeconds),
    ...checkAmounts(fields),
    ...checkTaxId('buyerNumber', fields.buyerNumber),
    ...checkTaxId('sellerNumber', fields.sellerNumber),
    ...checkText(fields),
    ...checkItems(fields),
  ];
}
