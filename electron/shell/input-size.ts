import type { OperationName } from '../../shared/contract/contract.ts';

const megabyte = 1024 * 1024;

/** What a person corrected in a table of 10,000 rows comes as a whole. */
const withEdits: ReadonlySet<string> = new Set<OperationName>([
  'desk.save',
  'table.check',
  'batch.check',
  'batch.import',
]);

function sizeOf(part: unknown): number {
  if (typeof part === 'string') return part.length;
  if (ArrayBuffer.isView(part) || part instanceof ArrayBuffer) return part.byteLength;
  return 8;
}

function insideOf(part: unknown): Iterable<unknown> {
  if (typeof part !== 'object' || part === null || ArrayBuffer.isView(part)) return [];
  if (part instanceof Map) return [...part.keys(), ...part.values()];
  if (part instanceof Set) return part;
  return Object.entries(part).flat();
}

/**
 * Whether what a page hands over is more than any page of ours would: 1 MiB of it, or 32 for tables that were corrected.
 * It is looked at no further than that, and each part once, so that what contains itself ends as well.
 */
export function isTooMuch(operation: string, input: unknown): boolean {
  let left = (withEdits.has(operation) ? 32 : 1) * megabyte;
  const open = [input];
  const seen = new Set<unknown>();
  while (open.length > 0 && left >= 0) {
    const part = open.pop();
    if (typeof part === 'object' && seen.has(part)) continue;
    if (typeof part === 'object') seen.add(part);
    left -= sizeOf(part);
    if (left >= 0) for (const inside of insideOf(part)) open.push(inside);
  }
  return left < 0;
}
