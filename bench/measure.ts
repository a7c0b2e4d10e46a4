/** One figure of a bench beside what it is held against. */
export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the raw way took in the same run, in the same unit; null: the figure stands alone. */
  readonly baseline: number | null;
  /** value / baseline. */
  readonly ratio: number | null;
  /** What is wanted, for people; null: printed only. */
  readonly target: string | null;
  readonly ok: boolean;
}

export interface Bench {
  /** As it is named on the command line. */
  readonly name: string;
  readonly title: string;
  /** @param say a line for the person who waits */
  readonly run: (say: (line: string) => void) => Promise<readonly Measure[]>;
}

type Wanted = { readonly atLeast: number } | { readonly atMost: number };

const reaches = (figure: number, wanted: Wanted) =>
  'atLeast' in wanted ? figure >= wanted.atLeast : figure <= wanted.atMost;
const inWords = (wanted: Wanted) => ('atLeast' in wanted ? `≥ ${wanted.atLeast}` : `≤ ${wanted.atMost}`);

/** A figure whose ratio to the raw way's is what counts. */
export function against(
  name: string,
  unit: string,
  { value, baseline }: { readonly value: number; readonly baseline: number },
  wanted: Wanted,
): Measure {
  const ratio = value / baseline;
  return { name, value, unit, baseline, ratio, target: `${inWords(wanted)}×`, ok: reaches(ratio, wanted) };
}

/** A figure that counts by itself; without `wanted` it is only shown. */
export function alone(name: string, unit: string, value: number, wanted?: Wanted): Measure {
  const target = wanted === undefined ? null : `${inWords(wanted)} ${unit}`;
  return { name, value, unit, baseline: null, ratio: null, target, ok: wanted === undefined || reaches(value, wanted) };
}

/** The middle one: on a shared computer single runs are pushed up by whatever else is at work. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError('no values');
  return middle;
}

/** What all but one in twenty stay below. */
export function p95(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}
