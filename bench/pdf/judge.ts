import { saysTheSame } from '../../electron/pdf/fold-text.ts';
import type { PdfReading } from '../../electron/pdf/pdf-reader.ts';
import type { Extraction, PdfFieldName } from '../../shared/contract/pdf-operations.ts';
import { parseBeijingTime } from '../../shared/invoice/beijing-time.ts';
import { parseYuan } from '../../shared/invoice/money.ts';
import type { TruthFile } from './truth-file.ts';

export interface Verdict {
  readonly field: string;
  readonly isRight: boolean;
  /** A wrong number or amount without any sign that it may be wrong. */
  readonly isSilent: boolean;
  readonly expected: string;
  readonly found: string;
}

/** Numbers and amounts: what must not be wrong without a sign. */
const exact: ReadonlySet<string> = new Set([
  'billingNo',
  'billingCode',
  'checkCode',
  'feeFen',
  'feeWithoutTaxFen',
  'taxFen',
  'billingTime',
  'buyerNumber',
  'sellerNumber',
]);

type Value = string | number | null | undefined;

/** Amounts may be given in fen, or in yuan as a text; times in seconds, or as a Beijing date. */
function toComparable(field: string, value: Value): string {
  if (value === null || value === undefined) return '';
  if (field.endsWith('Fen') && typeof value === 'string') return String(parseYuan(value) ?? value);
  if (field === 'billingTime' && typeof value === 'string' && value !== '')
    return String(parseBeijingTime(value) ?? value);
  return String(value);
}

/** `2.50` and `2.5` are the same quantity. */
const plainNumber = (text: string) => (/^-?\d+\.\d*0+$/.test(text) ? text.replace(/\.?0+$/, '') : text);

function isSame(expected: string, found: string): boolean {
  return saysTheSame(expected, found) || (expected !== '' && plainNumber(expected) === plainNumber(found));
}

function judgeField(extraction: Extraction, field: string, truth: Value): Verdict {
  const read = extraction.fields[field as PdfFieldName]; // an unknown name reads as nothing and is wrong
  const expected = toComparable(field, truth);
  const found = toComparable(field, read?.value);
  const isRight = isSame(expected, found);
  const isSure = read !== null && read !== undefined && read.confidence !== 'doubtful';
  return { field, isRight, isSilent: !isRight && isSure && exact.has(field), expected, found };
}

type TruthLine = NonNullable<TruthFile['lines']>[number];

function judgeLine(extraction: Extraction, truth: TruthLine, index: number): Verdict[] {
  const line: Readonly<Record<string, unknown>> = extraction.lines[index] ?? {};
  const isFlagged = extraction.findings.some(({ code }) => code === 'items.sum-differs');
  return Object.entries(truth).map(([name, value]) => {
    const expected = toComparable(name, value);
    const read = line[name];
    const found = toComparable(name, typeof read === 'string' || typeof read === 'number' ? read : null);
    const isRight = isSame(expected, found);
    const isAmount = name === 'netFen' && found !== '';
    return { field: `lines.${name}`, isRight, isSilent: !isRight && isAmount && !isFlagged, expected, found };
  });
}

function judgeWord(field: string, expected: string, found: string): Verdict {
  return { field, isRight: expected === found, isSilent: false, expected, found };
}

/** Compares what was read of a PDF with what it truly says. */
export function judge(reading: PdfReading, truth: TruthFile): Verdict[] {
  const outcome = reading.ok ? 'read' : `pdf.${reading.failure}`;
  if (truth.error !== undefined || !reading.ok) return [judgeWord('outcome', truth.error ?? 'read', outcome)];
  const { extraction } = reading;
  const verdicts = Object.entries(truth.fields).map(([field, value]) => judgeField(extraction, field, value));
  if (truth.kind !== undefined) verdicts.push(judgeWord('kind', truth.kind, extraction.kind));
  if (truth.isRedLetter !== undefined)
    verdicts.push(judgeWord('isRedLetter', String(truth.isRedLetter), String(extraction.isRedLetter)));
  if (truth.lines === undefined) return verdicts;
  verdicts.push(judgeWord('lines.count', String(truth.lines.length), String(extraction.lines.length)));
  return [...verdicts, ...truth.lines.flatMap((line, index) => judgeLine(extraction, line, index))];
}
