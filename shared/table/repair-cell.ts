import { parseBeijingTime } from '../invoice/beijing-time.ts';
import type { Finding } from '../invoice/findings.ts';
import { parseYuan, toHalfWidth } from '../invoice/money.ts';
import { matchOfTarget } from './column-target.ts';
import type { TableField } from './columns.ts';

const dayMs = 86_400_000;
/** Day 0 of a spreadsheet's calendar; right for every day after February 1900. */
const serialZero = Date.UTC(1899, 11, 30);
const noDigitsBetween = /[\s\-_,.'"\u200b-\u200d\ufeff]/g;

const lettersAsDigits = (text: string): string => text.replaceAll(/[Oo]/g, '0').replaceAll(/[lI]/g, '1');

function repairAmount(text: string): string | undefined {
  const plain = lettersAsDigits(text.replaceAll(/[\s,'¥￥$元]|RMB|CNY/gi, ''));
  return parseYuan(plain) === undefined ? undefined : plain;
}

function repairDigits(field: TableField, text: string): string | undefined {
  const plain = lettersAsDigits(text.replaceAll(noDigitsBetween, ''));
  if (!/^\d+$/.test(plain)) return undefined;
  // A spreadsheet drops leading zeros; an invoice number of the older kind has eight digits.
  return field === 'billingNo' && plain.length >= 5 && plain.length < 8 ? plain.padStart(8, '0') : plain;
}

function repairTime(text: string): string | undefined {
  const serial = /^\d{5}$/.test(text)
    ? new Date(serialZero + Number(text) * dayMs).toISOString().slice(0, 10)
    : undefined;
  const [, year = '', month = '', day = ''] = /^(\d{4})\D*?(\d{1,2})\D*?(\d{1,2})\D*$/.exec(text) ?? [];
  const date = serial ?? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return parseBeijingTime(date) === undefined ? undefined : date;
}

function repairText(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
  return value.replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f\u200b-\u200d\ufeff]/g, '').trim();
}

/** What a cell most likely meant to say, or undefined where that is not plain. */
export function repairCell(field: TableField, value: string): string | undefined {
  const text = toHalfWidth(value).trim();
  switch (field) {
    case 'feeFen':
    case 'feeWithoutTaxFen':
    case 'taxFen':
    case 'itemPrice':
      return repairAmount(text);
    case 'billingNo':
    case 'billingCode':
    case 'checkCode':
      return repairDigits(field, text);
    case 'billingTime':
      return repairTime(text);
    case 'itemNum':
      return repairDigits(field, text);
    case 'orderId':
      return text.replaceAll(/[\s\u200b-\u200d\ufeff]/g, '');
    default:
      return repairText(value);
  }
}

/** Faults that no look at the cell alone can cure: the digits are lost, or a person has to decide. */
const beyondRepair = new Set(['number.excel-rounded', 'number.cut-at-15', 'value.required']);
const toBeEmpty = new Set(['code.not-for-digital', 'check-code.not-for-digital']);

export interface Repair {
  readonly column: number;
  readonly before: string;
  readonly after: string;
}

/**
 * Repairs of one row for the faults found in it.
 * @param columns what each column means
 * @param places the column of each fault, undefined where it has none
 */
export function repairRow(
  cells: readonly string[],
  columns: readonly (string | null)[],
  places: readonly { readonly finding: Finding; readonly column: number | undefined }[],
): Repair[] {
  const repairs = new Map<number, string>();
  const columnOf = (target: TableField) => columns.indexOf(target);
  for (const { finding, column } of places) {
    if (finding.severity !== 'fault' || column === undefined || beyondRepair.has(finding.code)) continue;
    const match = matchOfTarget(columns[column] ?? null);
    if (match.kind !== 'field') continue;
    const [code, number] = [columnOf('billingCode'), columnOf('billingNo')];
    if (finding.code === 'code.swapped' && code >= 0 && number >= 0) {
      repairs.set(code, cells[number] ?? '');
      repairs.set(number, cells[code] ?? '');
    } else if (toBeEmpty.has(finding.code)) repairs.set(column, '');
    else {
      const repaired = repairCell(match.field, cells[column] ?? '');
      if (repaired !== undefined) repairs.set(column, repaired);
    }
  }
  return [...repairs]
    .map(([column, after]) => ({ column, before: cells[column] ?? '', after }))
    .filter(({ before, after }) => before !== after);
}
