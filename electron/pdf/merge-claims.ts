import type { PdfConfidence, PdfFieldName, PdfFields, PdfSource } from '../../shared/contract/pdf-operations.ts';
import type { Claim, Claims } from './claims.ts';
import { saysTheSame } from './fold-text.ts';
import type { Box } from './text-lines.ts';

export interface MergedField {
  readonly value: string | number;
  readonly source: PdfSource;
  readonly confidence: PdfConfidence;
  readonly box: Box | null;
  readonly others: readonly { readonly value: string | number; readonly source: PdfSource; readonly box: Box | null }[];
}

export type Merged = Partial<Record<PdfFieldName, MergedField>>;

/** The channels, the one that is exact where it speaks first. */
export type Channels = readonly (readonly [Exclude<PdfSource, 'arithmetic'>, Claims])[];

interface Voice extends Claim {
  readonly source: Exclude<PdfSource, 'arithmetic'>;
}

/** Places alone are a guess; two of the others outvote the third. */
const weights = { embedded: 3, qr: 3, text: 3, zone: 1 } as const;

function isSame(one: string | number, other: string | number): boolean {
  return typeof one === 'number' || typeof other === 'number' ? one === other : saysTheSame(one, other);
}

function groupVoices(voices: readonly Voice[]): Voice[][] {
  const groups: Voice[][] = [];
  for (const voice of voices) {
    const group = groups.find(([first]) => first !== undefined && isSame(first.value, voice.value));
    if (group) group.push(voice);
    else groups.push([voice]);
  }
  const weightOf = (group: readonly Voice[]) => group.reduce((sum, { source }) => sum + weights[source], 0);
  return groups.toSorted((one, other) => weightOf(other) - weightOf(one));
}

function mergeField(voices: readonly Voice[]): MergedField | undefined {
  const [group, ...rest] = groupVoices(voices);
  const [first] = group ?? [];
  if (!group || !first) return undefined;
  const printed = group.find(({ source, box }) => box && source !== 'qr') ?? group.find(({ box }) => box);
  const others = rest.flat().map(({ value, source, box }) => ({ value, source, box }));
  const isConfirmed = new Set(group.map(({ source }) => source)).size > 1;
  const confidence = others.length > 0 ? 'doubtful' : isConfirmed ? 'sure' : 'likely';
  return { value: first.value, source: first.source, confidence, box: printed?.box ?? null, others };
}

/** Puts together what the channels say about each field. Whoever disagrees is kept beside the value. */
export function mergeClaims(channels: Channels): Merged {
  // The keys are those of claims.
  const names = [...new Set(channels.flatMap(([, claims]) => Object.keys(claims)))] as PdfFieldName[];
  const merged = names.flatMap((name) => {
    const voices = channels.flatMap(([source, claims]) => (claims[name] ? [{ source, ...claims[name] }] : []));
    const field = mergeField(voices);
    return field ? [[name, field] as const] : [];
  });
  return Object.fromEntries(merged);
}

const amounts: ReadonlySet<string> = new Set(['feeFen', 'feeWithoutTaxFen', 'taxFen', 'billingTime']);

const fieldNames = [
  'title',
  'feeFen',
  'feeWithoutTaxFen',
  'taxFen',
  'billingTime',
  'billingNo',
  'billingCode',
  'checkCode',
  'buyerNumber',
  'buyerAddressAndPhone',
  'buyerBankAccount',
  'sellerName',
  'sellerNumber',
  'sellerAddressAndPhone',
  'sellerBankAccount',
  'remarks',
  'cashier',
  'maker',
  'type',
] as const satisfies readonly PdfFieldName[];

/** The fields in the shape of the contract: numbers where it has numbers, null where nothing was said. */
export function toFields(merged: Merged): PdfFields {
  const entries = fieldNames.map((name) => {
    const field = merged[name];
    const isFitting = field && (typeof field.value === 'number') === amounts.has(name);
    return [name, isFitting ? { ...field, others: [...field.others] } : null];
  });
  // Each name with a value of its kind, as just seen to.
  return Object.fromEntries(entries) as PdfFields;
}
