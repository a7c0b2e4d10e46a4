import { parseArgs } from 'node:util';
import { createPdfReader } from '../../electron/pdf/pdf-reader.ts';
import { judge, type Verdict } from './judge.ts';
import { type JudgedPdf, readJudgedPdfs } from './truth-file.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const [folder] = positionals;
if (folder === undefined) throw new RangeError('which folder? npm run bench:pdf -- DIR');

interface Row extends Verdict {
  readonly file: string;
  readonly layout: string;
}

const reader = createPdfReader();

async function judgeAll(pdfs: readonly JudgedPdf[]): Promise<Row[]> {
  const rows = pdfs.map(async ({ name, bytes, truth }) => {
    const verdicts = judge(await reader.read(bytes), truth);
    return verdicts.map((verdict) => ({ ...verdict, file: name, layout: truth.layout }));
  });
  return (await Promise.all(rows)).flat();
}

function printAccuracy(title: string, rows: readonly Row[], key: 'field' | 'layout'): void {
  console.log(`\n${title}`);
  const groups = Map.groupBy(rows, (row) => row[key]);
  for (const [name, group] of [...groups].toSorted(([one], [other]) => one.localeCompare(other))) {
    const right = group.filter(({ isRight }) => isRight).length;
    const percent = ((100 * right) / group.length).toFixed(1);
    console.log(
      `  ${right === group.length ? '✓' : '✗'} ${name.padEnd(26)} ${percent.padStart(5)} %  ${right}/${group.length}`,
    );
  }
}

const pdfs = readJudgedPdfs(folder);
if (pdfs.length === 0) throw new RangeError(`no PDF with a JSON of the same name beside it in ${folder}`);
const rows = await judgeAll(pdfs);
await reader.close();
printAccuracy('by field', rows, 'field');
printAccuracy('by layout', rows, 'layout');
const wrong = rows.filter(({ isRight }) => !isRight);
if (wrong.length > 0) console.log('\nwrong');
for (const { file, field, expected, found, isSilent } of wrong)
  console.log(`  ${isSilent ? '!!' : '  '} ${file} ${field}: "${found}" is "${expected}"`);
const silent = wrong.filter(({ isSilent }) => isSilent).length;
const percent = ((100 * (rows.length - wrong.length)) / rows.length).toFixed(2);
console.log(
  `\n${pdfs.length} PDFs, ${rows.length - wrong.length} of ${rows.length} right (${percent} %), ${silent} silently wrong`,
);
process.exitCode = silent > 0 ? 1 : 0;
