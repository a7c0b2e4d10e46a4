import { copyFile, mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatRow } from '../../../electron/tables/report.ts';
import { projectRoot } from '../../../scripts/run.ts';
import { pdfNameColumn } from '../../../shared/contract/table-reading.ts';
import { expectTexts } from '../../support/app-expectations.ts';
import { type Stage, startStage } from '../../support/app-under-test.ts';
import { picturePdf, tripSheetPdf } from '../pdf/bad-pdfs.ts';

const fixtures = join(projectRoot, 'test', 'fixtures', 'pdf');
/** The first is of the older kind, the others fully digital. */
const good = ['a-vat-song-1.pdf', 'e-digital-special-1.pdf', 'f-digital-radicals-1.pdf'];

type Content = string | Uint8Array;

async function makeFolder(stage: Stage, name: string, files: Readonly<Record<string, Content>>): Promise<string> {
  const folder = join(stage.folder, name);
  await mkdir(folder, { recursive: true });
  for (const [file, content] of Object.entries(files)) await writeFile(join(folder, file), content);
  return folder;
}

const fixture = (name: string): Promise<Uint8Array> => readFile(join(fixtures, name));

async function goodFolder(stage: Stage, names: readonly string[] = good, nameOf = (name: string) => name) {
  const folder = await makeFolder(stage, '发票', {});
  for (const name of names) await copyFile(join(fixtures, name), join(folder, nameOf(name)));
  return folder;
}

async function sourceOf(stage: Stage, table: string, folder: string) {
  return { accountId: stage.accountId, templateId: stage.template.id, table, pdfFolder: await stage.admit(folder) };
}

const codesOf = (list: readonly { readonly file: string; readonly finding: { readonly code: string } }[]) =>
  Object.fromEntries(list.map(({ file, finding }) => [file, finding.code]));

describe('a folder of PDFs', () => {
  test('makes a table that is checked as any other and lacks the order numbers alone', async () => {
    const stage = await startStage();
    const folder = await goodFolder(stage);
    const made = await stage.app().succeed('table.fromPdfs', { folder: await stage.admit(folder) });
    expect(made).toMatchObject({ rows: 3, refused: [], table: { name: '发票.csv' } });
    // More lines than a table has columns for are said to be left out, not cut.
    expect(made.notes).toMatchObject([{ row: 3, file: good[1], finding: { code: 'pdf.items-left-out', value: '24' } }]);
    const source = await sourceOf(stage, made.table?.token ?? '', folder);
    const checked = await stage.app().succeed('table.check', source);
    expect(checked).toMatchObject({ encoding: 'utf-8', unusedPdfs: [], counts: { total: 3, faulty: 3 } });
    expect(checked.rows.map(({ findings }) => findings.map(({ code, field }) => `${field} ${code}`))).toEqual(
      good.map(() => ['订单号 value.required']),
    );
    expect(checked.rows.map(({ pdf }) => pdf)).toEqual(good);
    const edits = checked.rows.map(({ rowNumber }) => ({ row: rowNumber, column: 0, value: `WX-${rowNumber}` }));
    const batch = await stage.app().succeed('batch.import', { ...source, edits });
    expect(batch.counts).toMatchObject({ total: 3, waiting: 3, faulty: 0 });
    const { invoices } = await stage.app().succeed('invoice.list', { limit: 10 });
    expect(invoices.find(({ fields }) => fields.orderId === 'WX-2')?.fields).toMatchObject({
      title: '成都云里工程设备有限公司',
      billingNo: '00599267',
      billingCode: '049442200211',
      checkCode: '21403721045722657174',
      feeFen: 81353,
      items: [{ name: '*住宿服务*住宿费', num: 7, unit: '天', priceFen: 10964 }],
    });
    const told = stage.app().events.flatMap((event) => (event.name === 'pdf.reading' ? [event.payload] : []));
    expect(told.at(0)).toEqual({ work: 'make', running: true, done: 0, total: 3 });
    expect(told.at(-1)).toEqual({ work: 'make', running: false, done: 3, total: 3 });
  });

  test('lists every file that makes no row, with its reason', async () => {
    const stage = await startStage();
    const folder = await makeFolder(stage, '混杂', {
      'a.pdf': await fixture('a-vat-song-1.pdf'),
      'again.pdf': await fixture('a-vat-song-1.pdf'),
      'red.pdf': await fixture('k-red-letter-1.pdf'),
      'locked.pdf': await fixture('m-password-2.pdf'),
      'half.pdf': '%PDF-1.7\n1 0 obj',
      'picture.pdf': await picturePdf(),
      'trip.pdf': await tripSheetPdf(),
      'nothing.pdf': '',
      'text.pdf': 'hello',
      'other.OFD': 'PK anything',
      'logo.png': 'png',
      '.DS_Store': 'x',
    });
    await mkdir(join(folder, '九月'));
    const token = await stage.admit(folder);
    expect(await stage.app().succeed('folder.look', { folder: token })).toEqual({ pdfs: 9, tables: 0, others: 3 });
    const made = await stage.app().succeed('table.fromPdfs', { folder: token });
    expect(made.rows).toBe(1);
    expect(codesOf(made.refused)).toEqual({
      'again.pdf': 'pdf.same-invoice',
      'red.pdf': 'pdf.red-letter',
      'locked.pdf': 'pdf.encrypted',
      'half.pdf': 'pdf.damaged',
      'picture.pdf': 'pdf.image-only',
      'trip.pdf': 'pdf.not-invoice',
      'nothing.pdf': 'pdf.empty',
      'text.pdf': 'pdf.not-pdf',
      'other.OFD': 'pdf.is-ofd',
      'logo.png': 'pdf.not-pdf',
      九月: 'file.is-folder',
    });
  });

  test('that holds no invoice makes no table, and one without a PDF is refused', async () => {
    const stage = await startStage();
    const red = await makeFolder(stage, 'red', { 'red.pdf': await fixture('k-red-letter-1.pdf') });
    const made = await stage.app().succeed('table.fromPdfs', { folder: await stage.admit(red) });
    expect(made).toMatchObject({ table: null, rows: 0, refused: [{ file: 'red.pdf' }] });
    for (const [name, files] of [
      ['empty', {}],
      ['tables', { '发票.csv': '订单号' }],
    ] as const) {
      const folder = await stage.admit(await makeFolder(stage, name, files));
      const error = await stage.app().refuse('table.fromPdfs', { folder });
      expect(error).toMatchObject({ code: 'folder.no-pdfs', details: { folder: name } });
      expectTexts(error);
    }
  });

  test('is written where it was asked to be, in the columns of the sample', async () => {
    const stage = await startStage();
    const folder = await stage.admit(await goodFolder(stage));
    const target = join(stage.folder, 'out.csv');
    const admitted = await stage.app().files.admitTarget(target);
    if (!admitted.ok) throw new Error(admitted.error.text.en);
    await stage.app().succeed('table.fromPdfs', { folder, target: admitted.value });
    const [header = ''] = (await readFile(target, 'utf8')).split('\r\n');
    expect(header.startsWith('\uFEFF订单号,购买方名称,购买方纳税人识别号,发票代码,发票号码,开票日期,校验码,')).toBe(
      true,
    );
    expect(header.endsWith(',备注,收款人,开票人,PDF文件')).toBe(true);
  });
});

describe('a table held against its PDFs', () => {
  /** The table of the good folder, its cells changed by hand where a row's number and a column's name say so. */
  async function startWithTable(
    change: (cells: string[][]) => void,
    files: { readonly nameOf?: (name: string) => string } = {},
  ) {
    const stage = await startStage();
    const folder = await goodFolder(stage, good, files.nameOf);
    const made = await stage.app().succeed('table.fromPdfs', { folder: await stage.admit(folder) });
    const { header, rows } = await stage.app().succeed('table.open', { table: made.table?.token ?? '' });
    const cells = [header, ...rows.map((row, index) => row.cells.with(0, `WX-${index + 2}`))];
    change(cells);
    const table = join(stage.folder, 'table.csv');
    await writeFile(table, cells.map((row) => formatRow(row, ',')).join(''));
    return { stage, folder, header, source: await sourceOf(stage, await stage.admit(table), folder) };
  }

  test('differs in the cells that say something else, with the value to take', async () => {
    const { stage, source, header } = await startWithTable(([head = [], first = [], second = []]) => {
      first[head.indexOf('价税合计')] = '¥900.53';
      first[head.indexOf('购买方名称')] = '成都云里 工程设备有限公司';
      second[head.indexOf('发票号码')] = '26856584940783394228';
      second[head.indexOf('价税合计')] = '87O60.44';
    });
    const checked = await stage.app().succeed('table.check', source);
    const compared = await stage.app().succeed('table.comparePdfs', { ...source, known: checked.checkId });
    expect(compared).toMatchObject({ compared: 3, matches: [], refused: [] });
    expect(compared.findings.map(({ finding: { code, field }, ...rest }) => ({ ...rest, code, field }))).toEqual([
      {
        row: 2,
        column: header.indexOf('价税合计'),
        cell: '¥900.53',
        take: '813.53',
        sure: true,
        code: 'pdf.differs',
        field: '价税合计',
      },
      expect.objectContaining({ row: 3, field: '发票号码', take: '26856584940783394227', sure: true }),
      expect.objectContaining({ row: 3, field: '价税合计', cell: '87O60.44', take: '87060.44' }),
    ]);
    const edits = compared.findings.map(({ row, column, take }) => ({ row, column: column ?? 0, value: take ?? '' }));
    const after = await stage.app().succeed('table.comparePdfs', { ...source, edits, known: checked.checkId });
    expect(after.findings).toEqual([]);
  });

  test('finds by number and code the PDFs that no name leads to, and takes them for check and import', async () => {
    const scanned = (name: string) => `扫描件${good.indexOf(name)}.pdf`;
    const { stage, source } = await startWithTable(
      (cells) => {
        const column = cells[0]?.indexOf('PDF文件') ?? -1;
        for (const row of cells) row.splice(column, 1);
      },
      { nameOf: scanned },
    );
    const checked = await stage.app().succeed('table.check', source);
    expect(checked.counts).toMatchObject({ faulty: 3 });
    expect(checked.unusedPdfs).toHaveLength(3);
    const { matches } = await stage.app().succeed('table.comparePdfs', { ...source, known: checked.checkId });
    expect(matches).toEqual(good.map((name, index) => ({ row: index + 2, file: scanned(name) })));
    const edits = matches.map(({ row, file }) => ({ row, column: pdfNameColumn, value: file }));
    const again = await stage.app().succeed('table.check', { ...source, edits, known: checked.checkId });
    expect(again).toMatchObject({ unusedPdfs: [], counts: { waiting: 3, faulty: 0 } });
    expect(again.rows.map(({ pdf }) => pdf)).toEqual(good.map(scanned));
    const back = await stage.app().succeed('table.check', { ...source, known: again.checkId });
    expect(back.rows.map(({ pdf }) => pdf)).toEqual([null, null, null]);
    expect(await stage.app().succeed('batch.import', { ...source, edits })).toMatchObject({ counts: { waiting: 3 } });
  });

  test('is told of PDFs that cannot become a card, in its rows and among those left over', async () => {
    const { stage, folder, source } = await startWithTable((cells) => {
      for (const row of cells.slice(2)) row.pop();
      for (const row of cells.slice(2)) row.push('');
    });
    await copyFile(join(fixtures, 'k-red-letter-1.pdf'), join(folder, good[0] ?? ''));
    await copyFile(join(fixtures, 'm-password-2.pdf'), join(folder, 'locked.pdf'));
    const compared = await stage.app().succeed('table.comparePdfs', source);
    expect(compared.findings).toEqual([
      expect.objectContaining({
        row: 2,
        take: null,
        finding: expect.objectContaining({ code: 'pdf.red-letter', severity: 'warning', field: 'PDF文件' }),
      }),
    ]);
    expect(compared.matches).toEqual([
      { row: 3, file: good[1] },
      { row: 4, file: good[2] },
    ]);
    expect(codesOf(compared.refused)).toEqual({ 'locked.pdf': 'pdf.encrypted' });
  });

  test('leaves two PDFs of one invoice alone, for a person to choose', async () => {
    const { stage, folder, source } = await startWithTable((cells) => {
      for (const row of cells.slice(1)) row[row.length - 1] = '';
    });
    await copyFile(join(folder, good[1] ?? ''), join(folder, 'copy.pdf'));
    const { matches } = await stage.app().succeed('table.comparePdfs', source);
    expect(matches.map(({ row }) => row)).toEqual([2, 4]);
  });

  test('is compared with a PDF as it is now', async () => {
    const { stage, folder, source } = await startWithTable(() => undefined);
    expect((await stage.app().succeed('table.comparePdfs', source)).findings).toEqual([]);
    const path = join(folder, good[1] ?? '');
    await copyFile(join(fixtures, 'e-digital-special-2.pdf'), path);
    await utimes(path, new Date(2020, 0), new Date(2020, 0));
    const { findings } = await stage.app().succeed('table.comparePdfs', source);
    expect(findings.length).toBeGreaterThan(2);
    expect(new Set(findings.map(({ row }) => row))).toEqual(new Set([3]));
  });
});
