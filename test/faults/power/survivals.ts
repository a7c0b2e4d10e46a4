import type { Random } from '../../../scripts/samples/random.ts';
import type { FileChange, Survival } from './disk.ts';

/** Disks write a sector wholly or not at all. */
const sectorBytes = 512;

/** A write in the pieces that a disk could write of it. */
function sectorsOf(change: FileChange): FileChange[] {
  if (change.kind === 'truncate') return [change];
  const pieces: FileChange[] = [];
  for (let from = 0; from < change.bytes.length; ) {
    const to = from + sectorBytes - ((change.at + from) % sectorBytes);
    pieces.push({ ...change, at: change.at + from, bytes: change.bytes.subarray(from, to) });
    from = to;
  }
  return pieces;
}

export const survivalNames = ['synced', 'torn', 'scattered'] as const;
export type SurvivalName = (typeof survivalNames)[number];

/**
 * `synced`: nothing but what was waited for. `torn`: the beginning of the rest, its last page in part. `scattered`: any
 * of the rest, in any order, each page in part or whole.
 */
export function survivalOf(name: SurvivalName, random: Random): Survival {
  if (name === 'synced') return { names: () => 0, changes: () => [] };
  const names = (count: number) => random.below(count + 1);
  if (name === 'torn')
    return {
      names,
      changes: (pending) => {
        const whole = random.below(pending.length + 1);
        const torn = pending.slice(whole, whole + 1).flatMap(sectorsOf);
        return [...pending.slice(0, whole), ...torn.slice(0, random.below(torn.length + 1))];
      },
    };
  return {
    names,
    changes: (pending) =>
      pending
        .filter(() => random.below(2) === 0)
        .flatMap((change) => (random.below(2) === 0 ? [change] : sectorsOf(change).filter(() => random.below(4) > 0))),
  };
}
