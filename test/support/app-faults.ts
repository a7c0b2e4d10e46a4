import type { MisbehaviourInput } from '../../electron/practice/practice-types.ts';

/** A way in which the practice server can disturb a call, wherever it does so. */
export type Fault = Omit<MisbehaviourInput, 'path' | 'times'>;

function nameOf({ kind, end, status, processed }: Fault): string {
  const work = processed === undefined ? undefined : processed ? 'after the work' : 'no work done';
  return [kind, end, status, work].filter((word) => word !== undefined).join(', ');
}

/** Gives each row of a table of tests the name of its fault. */
export const named = <Row extends { readonly rule: Fault }>(rows: readonly Row[]) =>
  rows.map((row) => ({ ...row, name: nameOf(row.rule) }));

/** Whoever waits this long in a test waits in vain. */
export const shortMs = 2000;
/** Time limits for calls that are meant to run into them. */
export const impatient = { headersMs: shortMs, bodyMs: shortMs, insertMs: shortMs, uploadMs: shortMs };
