import type { Extraction, PdfConfidence, PdfFields } from '../contract/pdf-operations.ts';
import { formatBeijingDate } from './beijing-time.ts';
import type { InvoiceFields } from './invoice.ts';
import { formatYuan, toHalfWidth } from './money.ts';

/** What WeChat compares with the PDF after the card was asked for (72040, 72047, 72082). */
export const reconciledFields = ['billingNo', 'billingCode', 'feeFen', 'billingTime', 'title'] as const;
export type ReconciledField = (typeof reconciledFields)[number];
export type ReconciledValues = Pick<InvoiceFields, ReconciledField>;

type Read<Field extends ReconciledField> = Pick<NonNullable<PdfFields[Field]>, 'value' | 'confidence'> | null;
/** The part of an extraction that is compared. */
export interface ReconciledPdf extends Pick<Extraction, 'kind'> {
  readonly fields: { readonly [Field in ReconciledField]: Read<Field> };
}

/** A field of which an invoice and its PDF say something else. */
export interface PdfDifference {
  readonly field: ReconciledField;
  readonly ours: string | number;
  readonly pdf: string | number;
  /** How sure the PDF's value is: of a doubtful one nobody should be told that it is the right one. */
  readonly confidence: PdfConfidence;
}

/** A value as people write and read it: amounts in yuan, times as Beijing days; nothing where there is none. */
export function writeReconciled(field: ReconciledField, value: string | number): string {
  if (typeof value === 'string') return value;
  if (field === 'feeFen') return formatYuan(value, { grouped: false });
  return value === 0 ? '' : formatBeijingDate(value);
}

/** One form for values that say the same: a title's width and blanks, a time's hour and a number's blanks do not count. */
function comparable(field: ReconciledField, value: string | number): string {
  const written = toHalfWidth(writeReconciled(field, value).normalize('NFC'));
  return written.replaceAll(/\s/g, '');
}

function pdfValueOf({ kind, fields }: ReconciledPdf, field: ReconciledField) {
  const read = fields[field];
  if (read) return { value: read.value, confidence: read.confidence };
  // A fully digital invoice has no code, which its PDF says by its number.
  if (field === 'billingCode' && kind === 'digital' && fields.billingNo)
    return { value: '', confidence: fields.billingNo.confidence };
  return undefined;
}

/**
 * Where an invoice says something else than its PDF. Fields that could not be read from the PDF are not compared; those
 * that are not filled in differ.
 */
export function differences(fields: ReconciledValues, extraction: ReconciledPdf): PdfDifference[] {
  return reconciledFields.flatMap((field) => {
    const pdf = pdfValueOf(extraction, field);
    const ours = fields[field];
    if (!pdf || comparable(field, ours) === comparable(field, pdf.value)) return [];
    return [{ field, ours, pdf: pdf.value, confidence: pdf.confidence }];
  });
}
