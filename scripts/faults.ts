import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { FaultResult, FaultRow } from '../test/faults/row.ts';
import { projectRoot } from './run.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { long: { type: 'boolean', default: false }, seed: { type: 'string' }, counts: { type: 'string' } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
if (!Number.isSafeInteger(seed)) throw new RangeError(`--seed ${values.seed}: a whole number is wanted`);

/** For all rows together, and for a machine that hangs: a row that it cuts short does not pass. */
const longestMs = (values.long ? 240 : 20) * 60_000;
const endsAt = Date.now() + longestMs;

const folder = join(projectRoot, 'test', 'faults', 'rows');

async function loadRows(): Promise<FaultRow[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const modules = await Promise.all(
    // Each file in the folder exports its row under this name.
    files.map((name) => import(pathToFileURL(join(folder, name)).href) as Promise<{ row: FaultRow }>),
  );
  const rows = modules
    .map(({ row }) => row)
    .toSorted((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }));
  return rows.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
}

interface Run {
  readonly line: string;
  readonly verdict: 'passed' | 'failed' | 'not run';
}

async function runRow(row: FaultRow): Promise<Run> {
  const startedAt = Date.now();
  console.log(`\n── ${row.id} ${row.title}`);
  const say = (text: string) => console.log(`   ${text}`);
  const failed = (error: unknown): FaultResult => {
    console.error(error);
    return { figure: 'threw', ok: false, bites: [] };
  };
  const { figure, ok, reached, bites, notRun } = await row.run({ long: values.long, seed, endsAt, say }).catch(failed);
  if (notRun !== undefined) return { verdict: 'not run', line: `– ${row.id.padEnd(4)}           not run: ${notRun}` };
  const isCutShort = reached !== undefined && reached.done < reached.wanted;
  const cut = isCutShort ? `cut short, ${reached.done} of ${reached.wanted}: ` : '';
  const missed = bites.filter(({ caught }) => !caught).map(({ name }) => name);
  const bitten = bites.length === 0 ? '' : `; bites ${bites.length - missed.length}/${bites.length}`;
  const passed = ok && !isCutShort && missed.length === 0;
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  const left = missed.length === 0 ? '' : ` (not caught: ${missed.join(', ')})`;
  return {
    verdict: passed ? 'passed' : 'failed',
    line: `${passed ? '✓' : '✗'} ${row.id.padEnd(4)} ${seconds.padStart(7)} s  ${cut}${figure}${bitten}${left}`,
  };
}

const rows = await loadRows();
console.log(`${rows.length} rows, ${values.long ? 'long' : 'short'} form, seed ${seed} (again: --seed ${seed})`);
const done: Run[] = [];
for (const row of rows) {
  const run = await runRow(row);
  // Said at once: a run of an hour that is broken off has its verdicts up to there.
  console.log(`   ${run.line}`);
  done.push(run);
}
const count = (verdict: Run['verdict']) => done.filter((one) => one.verdict === verdict).length;
const notRun = count('not run') === 0 ? '' : `, ${count('not run')} not run`;
console.log(
  `\n${done.map(({ line }) => line).join('\n')}\n\n${count('passed')} of ${rows.length} rows passed${notRun}, seed ${seed}`,
);
if (values.counts !== undefined) {
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('not run')];
  writeFileSync(values.counts, JSON.stringify({ passed, failed, skipped }));
}
// The long form is for the figures, and a row that was not run has none.
const isGood = count('failed') === 0 && rows.length > 0 && !(values.long && count('not run') > 0);
process.exit(isGood ? 0 : 1);
