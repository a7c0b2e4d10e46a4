import { parseBeijingTime } from '../../shared/invoice/beijing-time.ts';
import { type Finding, type FindingCode, finding } from '../../shared/invoice/findings.ts';
import { formatYuan, parseYuan, toHalfWidth } from '../../shared/invoice/money.ts';
import { hasValidCheckCharacter } from '../../shared/invoice/tax-id.ts';

/** A value read from a cell; with a fault, `value` is only a stand-in. */
export interface Reading<Value> {
  readonly value: Value;
  readonly findings: readonly Finding[];
}

const scientific = /^\d(?:\.\d+)?E\+\d{1,3}$/i;
const cutAt15 = /^\d{15}0{5,}$/;
const cutTaxId = /^\d{15}000$/;
/** What a spreadsheet makes of `11-23` and `2026-11`. */
const dateLike =
  /^(?:(?:19|20)\d{2}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{2}|\d{1,2}月\d{1,2}日)(?: 00:00:00)?$/;
const dateSerial = /^\d{5}(?:\.\d+)?$/;
/** What tax platforms print in place of an amount of tax where there is none. */
const noTax = /^(?:\*+|免税|不征税)$/;

function reading<Value>(value: Value, findings: readonly Finding[] = []): Reading<Value> {
  return { value, findings };
}

function faulty<Value>(standIn: Value, code: FindingCode, header: string, cell: string): Reading<Value> {
  return reading(standIn, [finding(code, header, cell.trim())]);
}

/** Text of one cell: trimmed, line breaks as `\n`. */
export function readText(cell: string): string {
  const text = cell.trim();
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
}

/** An order number or tax ID, with what spreadsheets do to long numbers. */
export function readIdentifier(cell: string, header: string): Reading<string> {
  const value = readText(cell);
  if (scientific.test(value)) return faulty(value, 'number.excel-rounded', header, cell);
  const isCutTaxId = cutTaxId.test(value) && !hasValidCheckCharacter(value);
  if (cutAt15.test(value) || isCutTaxId) return faulty(value, 'number.cut-at-15', header, cell);
  if (dateLike.test(value)) return reading(value, [finding('number.became-date', header, value)]);
  return reading(value);
}

/** An invoice number, code or check code: half width, without the spaces of its printed groups. */
export function readDigits(cell: string, header: string): Reading<string> {
  return readIdentifier(toHalfWidth(cell).replaceAll(/\s/g, ''), header);
}

/** An amount in yuan, as fen. */
export function readAmount(cell: string, header: string, options: { readonly isTax?: boolean } = {}): Reading<number> {
  if (cell.trim() === '') return faulty(0, 'value.required', header, cell);
  if (options.isTax && noTax.test(cell.trim())) return reading(0);
  const fen = parseYuan(cell);
  return fen === undefined ? faulty(0, 'amount.not-a-number', header, cell) : reading(fen);
}

/** Beijing date or time, as seconds since 1970. */
export function readTime(cell: string, header: string): Reading<number> {
  const text = toHalfWidth(cell).trim();
  if (text === '') return faulty(0, 'value.required', header, cell);
  if (dateSerial.test(text)) return faulty(0, 'time.serial-number', header, cell);
  const seconds = parseBeijingTime(text);
  return seconds === undefined ? faulty(0, 'time.not-a-date', header, cell) : reading(seconds);
}

/** An item's quantity: WeChat takes whole numbers only, so that others are read as unknown, with a warning. */
export function readQuantity(cell: string, header: string): Reading<number | null> {
  const text = toHalfWidth(cell).trim();
  if (text === '') return reading(null);
  const [match, whole = '', decimals = ''] = /^(-?\d+|-?\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/.exec(text) ?? [];
  const value = Number(whole.replaceAll(',', ''));
  if (match === undefined || !Number.isSafeInteger(value)) return faulty(null, 'item.num-not-a-number', header, cell);
  return /[1-9]/.test(decimals) ? faulty(null, 'item.num-not-whole', header, cell) : reading(value);
}

/** An item's unit price in yuan, as fen. Invoices print up to 14 decimals: those are rounded, half up, and said. */
export function readPrice(cell: string, header: string): Reading<number> {
  const text = toHalfWidth(cell).trim();
  if (text === '') return faulty(0, 'item.price-missing', header, cell);
  const exact = parseYuan(text);
  if (exact !== undefined) return reading(exact);
  const [, start, third = ''] = /^(.*\.\d\d)(\d)\d*(?:\s*元)?$/.exec(text) ?? [];
  const cut = start === undefined ? undefined : parseYuan(start);
  if (start === undefined || cut === undefined) return faulty(0, 'amount.not-a-number', header, cell);
  const awayFromZero = start.includes('-') ? -1 : 1;
  const rounded = third >= '5' ? cut + awayFromZero : cut;
  return reading(rounded, [finding('item.price-rounded', header, cell.trim(), { price: formatYuan(rounded) })]);
}
