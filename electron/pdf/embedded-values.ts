import type { PdfFieldName, PdfLine } from '../../shared/contract/pdf-operations.ts';
import { parseBeijingTime } from '../../shared/invoice/beijing-time.ts';
import { isStarred, readAmount } from './amounts.ts';
import type { Claim } from './claims.ts';

/** Vendors write UTF-8 or GBK and do not say which. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

export const text = (value: string | undefined): Claim | undefined =>
  value === undefined || value.trim() === '' ? undefined : { value: value.trim(), box: null };

export function amount(value: string | undefined): Claim | undefined {
  const plain = value?.trim();
  const fen = plain === undefined ? undefined : isStarred(plain) ? 0 : readAmount(plain);
  return fen === undefined ? undefined : { value: fen, box: null };
}

export function date(value: string | undefined): Claim | undefined {
  const digits = value
    ?.trim()
    .replace(/^(\d{4})年(\d{1,2})月(\d{1,2})日?.*$/, '$1-$2-$3')
    .slice(0, 10);
  const seconds = digits === undefined ? undefined : parseBeijingTime(digits);
  return seconds === undefined ? undefined : { value: seconds, box: null };
}

export type Facts = Readonly<Partial<Record<PdfFieldName, Claim | undefined>>>;

export function toLine(facts: Readonly<Record<string, string | undefined>>): PdfLine | undefined {
  const netFen = readAmount(facts['net'] ?? '');
  if (netFen === undefined) return undefined;
  const tax = facts['tax']?.trim() ?? '';
  const say = (name: string) => facts[name]?.trim() ?? '';
  return {
    name: say('name'),
    spec: say('spec'),
    unit: say('unit'),
    num: say('num'),
    price: say('price'),
    netFen,
    rate: say('rate'),
    taxFen: isStarred(tax) ? 0 : (readAmount(tax) ?? null),
    source: 'embedded',
    box: null,
  };
}
