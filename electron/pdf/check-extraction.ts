import type { PdfConfidence, PdfLine } from '../../shared/contract/pdf-operations.ts';
import { type Finding, finding } from '../../shared/invoice/findings.ts';
import { formatYuan } from '../../shared/invoice/money.ts';
import { hasValidCheckCharacter } from '../../shared/invoice/tax-id.ts';
import type { Merged, MergedField } from './merge-claims.ts';

export interface Checked {
  readonly merged: Merged;
  readonly findings: readonly Finding[];
}

type AmountName = 'feeFen' | 'feeWithoutTaxFen' | 'taxFen';
const amountNames: readonly AmountName[] = ['feeFen', 'feeWithoutTaxFen', 'taxFen'];

const fenOf = (field: MergedField | undefined) => (typeof field?.value === 'number' ? field.value : undefined);

/** Sets how sure a field is; a disagreement between sources is not made sure by anything. */
function grade(merged: Merged, names: readonly (keyof Merged)[], confidence: PdfConfidence): Merged {
  const graded = names.flatMap((name) => {
    const field = merged[name];
    if (!field || (confidence === 'sure' && field.confidence === 'doubtful')) return [];
    return [[name, { ...field, confidence }] as const];
  });
  return { ...merged, ...Object.fromEntries(graded) };
}

/** Where one of the three amounts is not printed, the other two give it. */
function deriveAmount(merged: Merged): Merged {
  const [fee, net, tax] = amountNames.map((name) => fenOf(merged[name]));
  const derived = (value: number): MergedField => ({
    value,
    source: 'arithmetic',
    confidence: 'likely',
    box: null,
    others: [],
  });
  if (fee === undefined && net !== undefined && tax !== undefined) return { ...merged, feeFen: derived(net + tax) };
  if (net === undefined && fee !== undefined && tax !== undefined)
    return { ...merged, feeWithoutTaxFen: derived(fee - tax) };
  if (tax === undefined && fee !== undefined && net !== undefined) return { ...merged, taxFen: derived(fee - net) };
  return merged;
}

function checkSum(merged: Merged): Checked {
  const [fee, net, tax] = amountNames.map((name) => fenOf(merged[name]));
  if (fee === undefined || net === undefined || tax === undefined)
    return { merged: deriveAmount(merged), findings: [] };
  if (fee === net + tax) return { merged: grade(merged, amountNames, 'sure'), findings: [] };
  const params = { fee: formatYuan(fee), net: formatYuan(net), tax: formatYuan(tax) };
  return {
    merged: grade(merged, amountNames, 'doubtful'),
    findings: [finding('amount.sum-differs', 'feeFen', formatYuan(fee), params)],
  };
}

function checkCapitals(merged: Merged, capitalsFen: number | undefined): Checked {
  const fee = fenOf(merged.feeFen);
  if (fee === undefined || capitalsFen === undefined) return { merged, findings: [] };
  if (fee === capitalsFen) return { merged: grade(merged, ['feeFen'], 'sure'), findings: [] };
  return {
    merged: grade(merged, ['feeFen'], 'doubtful'),
    findings: [finding('pdf.capitals-differ', 'feeFen', formatYuan(fee), { capitals: formatYuan(capitalsFen) })],
  };
}

/** Long lists are off by some fen where each line was rounded. */
const roundingFen = (lines: readonly PdfLine[]) => Math.ceil(lines.length / 2);

function checkLines(merged: Merged, lines: readonly PdfLine[]): Checked {
  const net = fenOf(merged.feeWithoutTaxFen);
  const sum = lines.reduce((total, { netFen }) => total + netFen, 0);
  if (lines.length === 0 || net === undefined) return { merged, findings: [] };
  if (Math.abs(sum - net) > roundingFen(lines))
    return { merged, findings: [finding('items.sum-differs', 'items', formatYuan(sum), { sum: formatYuan(sum) })] };
  return { merged: sum === net ? grade(merged, ['feeWithoutTaxFen'], 'sure') : merged, findings: [] };
}

function checkTaxId(merged: Merged, name: 'buyerNumber' | 'sellerNumber'): Checked {
  const value = merged[name]?.value;
  if (typeof value !== 'string') return { merged, findings: [] };
  if (!/^[0-9A-Z]{15,20}$/.test(value))
    return { merged: grade(merged, [name], 'doubtful'), findings: [finding('tax-id.unusual', name, value)] };
  if (value.length !== 18 || /^\d{17}X$/.test(value)) return { merged, findings: [] };
  if (hasValidCheckCharacter(value)) return { merged: grade(merged, [name], 'sure'), findings: [] };
  return { merged: grade(merged, [name], 'doubtful'), findings: [finding('tax-id.check-digit', name, value)] };
}

function checkNumbers(merged: Merged): Checked {
  const number = merged.billingNo?.value;
  const code = merged.billingCode?.value;
  if (typeof number !== 'string') return { merged, findings: [finding('pdf.number-missing', 'billingNo')] };
  if (number.length === 20 && code !== undefined)
    return {
      merged: grade(merged, ['billingCode'], 'doubtful'),
      findings: [finding('code.not-for-digital', 'billingCode', String(code))],
    };
  if (number.length === 8 && code === undefined)
    return { merged, findings: [finding('value.required', 'billingCode')] };
  return { merged, findings: [] };
}

function disagreements(merged: Merged): Finding[] {
  const show = (value: string | number, name: string) =>
    typeof value === 'number' && name.endsWith('Fen') ? formatYuan(value) : String(value);
  return Object.entries(merged)
    .filter(([name]) => name !== 'type')
    .flatMap(([name, field]) =>
      field.others.map((other) =>
        finding('pdf.sources-disagree', name, show(field.value, name), { other: show(other.value, name) }),
      ),
    );
}

/** Checks what was read by arithmetic and check digits, and says how sure each field is. */
export function checkExtraction(merged: Merged, lines: readonly PdfLine[], capitalsFen: number | undefined): Checked {
  const steps: ((merged: Merged) => Checked)[] = [
    checkNumbers,
    checkSum,
    (before) => checkCapitals(before, capitalsFen),
    (before) => checkLines(before, lines),
    (before) => checkTaxId(before, 'buyerNumber'),
    (before) => checkTaxId(before, 'sellerNumber'),
  ];
  const start: Checked = { merged, findings: disagreements(merged) };
  return steps.reduce<Checked>((before, step) => {
    const after = step(before.merged);
    return { merged: after.merged, findings: [...before.findings, ...after.findings] };
  }, start);
}
