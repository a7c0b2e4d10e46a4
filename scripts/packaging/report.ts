/** What became of one check. */
export type Outcome =
  | { readonly state: 'passed'; readonly detail: string }
  | { readonly state: 'failed'; readonly faults: readonly string[] }
  | { readonly state: 'not-run'; readonly reason: string };

export const passed = (detail = ''): Outcome => ({ state: 'passed', detail });
export const failed = (faults: readonly string[]): Outcome => ({ state: 'failed', faults });
export const notRun = (reason: string): Outcome => ({ state: 'not-run', reason });

/** Passed where there are no faults. */
export const judge = (faults: readonly string[], detail = ''): Outcome =>
  faults.length === 0 ? passed(detail) : failed(faults);

const mostShown = 12;

/** A check's line, and the faults it found below it. */
export function lineOf(name: string, outcome: Outcome): string {
  if (outcome.state === 'not-run') return `– ${name}: not run: ${outcome.reason}`;
  if (outcome.state === 'passed') return `✓ ${name}${outcome.detail === '' ? '' : `: ${outcome.detail}`}`;
  const { faults } = outcome;
  const more = faults.length > mostShown ? [`and ${faults.length - mostShown} more`] : [];
  return [`✗ ${name}`, ...[...faults.slice(0, mostShown), ...more].map((fault) => `    ${fault}`)].join('\n');
}

/** The last line. */
export function summaryOf(outcomes: readonly Outcome[]): string {
  const count = (state: Outcome['state']) => outcomes.filter((outcome) => outcome.state === state).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('not-run')} not run`;
}
