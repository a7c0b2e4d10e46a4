import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Bench, Measure } from './measure.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const folder = join(import.meta.dirname, 'benches');

async function loadBenches(): Promise<Bench[]> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .toSorted();
  const modules = await Promise.all(
    // Each file in the folder exports its bench under this name.
    files.map((name) => import(pathToFileURL(join(folder, name)).href) as Promise<{ bench: Bench }>),
  );
  const benches = modules.map(({ bench }) => bench);
  const unknown = positionals.filter((wanted) => benches.every(({ name }) => name !== wanted));
  if (unknown.length > 0)
    throw new RangeError(`no bench ${unknown.join(', ')}: there are ${benches.map(({ name }) => name).join(', ')}`);
  return benches.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
}

const figure = (value: number | null, unit = '') =>
  value === null ? '' : `${value.toFixed(value < 10 ? 2 : 0)}${unit && ` ${unit}`}`;

function cellsOf({ name, value, unit, baseline, ratio, target, ok }: Measure): string[] {
  const verdict = target === null ? '·' : ok ? '✓' : '✗';
  return [verdict, name, figure(value, unit), figure(baseline, unit), ratio?.toFixed(2) ?? '', target ?? ''];
}

/** Chinese and full-width characters take two columns of a terminal. */
const widthOf = (text: string) =>
  [...text].reduce((sum, one) => sum + (/[\u2e80-\u9fff\uff00-\uff60]/.test(one) ? 2 : 1), 0);

function printTable(measures: readonly Measure[]): void {
  const lines = [['', 'measure', 'value', 'raw', 'ratio', 'target'], ...measures.map(cellsOf)];
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ''))));
  for (const line of lines)
    console.log(
      line
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    );
}

const measures: Measure[] = [];
for (const bench of await loadBenches()) {
  console.log(`\n── ${bench.name}: ${bench.title}`);
  measures.push(...(await bench.run((line) => console.log(`   ${line}`))));
}
console.log('');
printTable(measures);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(measures, null, 2)}\n`);
const missed = measures.filter(({ ok }) => !ok).length;
console.log(`\n${missed === 0 ? 'every target reached' : `${missed} missed`}`);
process.exit(missed === 0 ? 0 : 1);
