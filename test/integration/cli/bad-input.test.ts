import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appErrorSchema } from '../../../shared/errors/app-error.ts';
import { pdfSizeLimitBytes } from '../../../shared/wechat/limits.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';
import { writeTableWithPdfs } from '../../support/app-table.ts';
import { jsonLines, runCli } from '../../support/cli.ts';
import { type CliPractice, createShopFolder, practiceSecret, startCliPractice } from '../../support/cli-practice.ts';
import { dumpDatabase } from '../../support/dump-database.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

let practice: CliPractice;

beforeAll(async () => {
  practice = await startCliPractice();
});

afterAll(async () => {
  expect(await practice.stop()).toBe(0);
});

type Shop = Awaited<ReturnType<typeof createShopFolder>>;

/** Runs a command that has to fail: says with which error, and that the records and the books are as they were. */
async function expectRefusal(
  shop: Shop,
  words: readonly string[],
  code: string,
  secret = practiceSecret,
): Promise<{ readonly zhCN: string; readonly en: string }> {
  const before = dumpDatabase(shop.databaseFile);
  const { cards } = await practice.control.books();
  const { dataFolder } = shop;
  const result = await runCli([...words, '--json'], { dataFolder, environment: { FAPIAO_APP_SECRET: secret } });
  const [answer, ...more] = jsonLines(result.stdout);
  expect(answer).toMatchObject({ ok: false, error: { code } });
  expect(more).toEqual([]);
  expect(result.code).toBe(1);
  expect(dumpDatabase(shop.databaseFile)).toEqual(before);
  expect((await practice.control.books()).cards).toHaveLength(cards.length);
  const { text } = appErrorSchema.parse(answer?.['error']);
  expect(text.zhCN).toMatch(/\p{Script=Han}/u);
  return text;
}

/** The words that issue a table with the PDFs beside it. */
const issue = (table: string, pdfFolder: string, account = 'shop') => [
  'issue',
  '--csv',
  table,
  '--pdf-dir',
  pdfFolder,
  '--account',
  account,
];

const header = '订单号,购买方名称,发票代码,发票号码,开票日期,校验码,价税合计,不含税金额,税额';

describe('a table that cannot be read', () => {
  it.each<[string, Uint8Array | string, string, string]>([
    ['of zero bytes', '', 'table.empty', '没有数据行'],
    ['with its header only', `${header}\r\n`, 'table.empty', '没有数据行'],
    [
      'in an unknown encoding',
      Buffer.from([0x81, 0xff, 0xfe, 0x81, 0x20, 0xff, 0xff, 0x0a, 0x80]),
      'table.encoding-unknown',
      '文字编码',
    ],
    ['with a header twice', `${header},税额\r\n1,2,3,4,5,6,7,8,9,9\r\n`, 'table.duplicate-header', '“税额”'],
    ['with unknown columns', `${header},心情,天气\r\n1,2,3,4,5,6,7,8,9,10,11\r\n`, 'table.unknown-column', '心情'],
    ['without a needed column', '订单号,购买方名称\r\n1,2\r\n', 'table.missing-column', '发票号码'],
    ['that begins as an Excel workbook', Buffer.from('504b030414000600', 'hex'), 'table.workbook-damaged', 'Excel'],
  ])('%s', async (_name, content, code, named) => {
    const shop = await createShopFolder(practice.url);
    const table = join(shop.folder, '发票.csv');
    writeFileSync(table, content);
    mkdirSync(join(shop.folder, 'pdf'));
    const text = await expectRefusal(shop, issue(table, join(shop.folder, 'pdf')), code);
    expect(text.zhCN).toContain(named);
    expect(readdirSync(shop.folder).sort()).toEqual(['data', 'pdf', '发票.csv']);
  });

  it('since it is not there, or is a folder, or its PDFs are in a file', async () => {
    const shop = await createShopFolder(practice.url);
    const table = join(shop.folder, 'a.csv');
    mkdirSync(join(shop.folder, 'pdf'));
    const pdfs = join(shop.folder, 'pdf');
    expect((await expectRefusal(shop, issue(table, pdfs), 'file.not-found')).en).toContain('a.csv');
    await expectRefusal(shop, issue(pdfs, pdfs), 'file.is-folder');
    writeFileSync(table, header);
    await expectRefusal(shop, issue(table, table), 'file.not-folder');
    await expectRefusal(shop, ['issue', '--account', 'shop', '--pdf-dir', pdfs], 'usage.wrong');
    await expectRefusal(shop, [...issue(table, pdfs), '--concurrency', '0'], 'usage.wrong');
  });
});

describe('rows that are wrong', () => {
  it('are each named with row, column and cure by --dry-run, which writes nothing and exits 1', async () => {
    const shop = await createShopFolder(practice.url);
    const good = digitalInvoice(9001);
    const { table, pdfFolder } = await writeTableWithPdfs(shop.folder, [good]);
    const row = (...cells: string[]) => cells.join(',');
    const rest = ['', '26312000000000009999', '2026-11-20', '', '113', '100', '13'] as const;
    writeFileSync(
      table,
      [
        header,
        row('B-1', '甲', '', '26312000000000009001', '2026-02-30', '', '113', '100', '13'),
        row('B-2', '乙', '', '26312000000000009002', '2026-11-20', '', '一百', '100', '13'),
        row('B-3', '丙', ...rest),
        row('B-4', '丁', ...rest),
        row('B-5', '戊', '', '2.6312E+19', '2026-11-20', '', '113', '100', '13'),
        row('B-6', '己', '', '26312000000000009006', '2026-11-20', '', '113', '100', '13'),
        row('B-7', '庚', '', '26312000000000009007', '2026-11-20', '', '113', '100', '13'),
        row('B-8', '辛', '', '26312000000000009008', '2026-11-20', '', '113', '100', '13'),
        row('B-9', '壬', '', '26312000000000009009', '2026-11-20', '', '113', '100', '13'),
      ].join('\r\n'),
    );
    writeFileSync(join(pdfFolder, 'B-3.pdf'), '%PDF-1.7 three');
    writeFileSync(join(pdfFolder, 'B-6.pdf'), '');
    writeFileSync(join(pdfFolder, 'B-7.pdf'), 'not a PDF');
    writeFileSync(join(pdfFolder, 'B-8.pdf'), '%PDF-1.7');
    truncateSync(join(pdfFolder, 'B-8.pdf'), pdfSizeLimitBytes + 1);
    const before = dumpDatabase(shop.databaseFile);
    const { code, stdout } = await runCli([...issue(table, pdfFolder), '--dry-run', '--json'], shop);
    expect(code).toBe(1);
    const [answer] = jsonLines(stdout);
    // batch.check's output, which the contract describes.
    const { rows } = answer as unknown as {
      rows: { orderId: string; findings: { code: string; cure: { zhCN: string } }[] }[];
    };
    const faults = Object.fromEntries(rows.map(({ orderId, findings }) => [orderId, findings.map((one) => one.code)]));
    expect(faults).toEqual({
      'B-1': ['time.not-a-date'],
      'B-2': ['amount.not-a-number'],
      'B-3': [],
      'B-4': ['row.duplicate-number'],
      'B-5': ['number.excel-rounded'],
      'B-6': ['pdf.empty'],
      'B-7': ['pdf.not-pdf'],
      'B-8': ['pdf.too-large'],
      'B-9': ['pdf.not-found'],
    });
    for (const { cure } of rows.flatMap(({ findings }) => findings)) expect(cure.zhCN).toMatch(/\p{Script=Han}/u);
    expect(dumpDatabase(shop.databaseFile)).toEqual(before);
    expect(readdirSync(shop.folder).sort()).toEqual(['data', 'invoices.csv', 'pdf']);
    expect(existsSync(join(shop.dataFolder, 'pdf'))).toBe(false);
  });
});

describe('an account', () => {
  it('that does not exist is named', async () => {
    const shop = await createShopFolder(practice.url);
    const { table, pdfFolder } = await writeTableWithPdfs(shop.folder, [digitalInvoice(9101)]);
    const text = await expectRefusal(shop, issue(table, pdfFolder, '没有的商户'), 'account.not-found');
    expect(text.zhCN).toContain('没有的商户');
    await expectRefusal(shop, ['doctor', '--account', '没有的商户'], 'account.not-found');
  });

  it('with a wrong secret stops before anything is stored', async () => {
    const shop = await createShopFolder(practice.url);
    const { table, pdfFolder } = await writeTableWithPdfs(shop.folder, [digitalInvoice(9102)]);
    const wrong = 'a-secret-of-somebody-else';
    await expectRefusal(shop, issue(table, pdfFolder), 'wechat.40125', wrong);
    await expectRefusal(shop, ['call', 'account.check', '{"accountId":1}'], 'wechat.40125', wrong);
    expect(readdirSync(shop.folder).sort()).toEqual(['data', 'invoices.csv', 'pdf']);
  });

  it('without a secret says where to give one', async () => {
    const shop = await createShopFolder(practice.url);
    const { table, pdfFolder } = await writeTableWithPdfs(shop.folder, [digitalInvoice(9103)]);
    await expectRefusal(shop, issue(table, pdfFolder), 'account.secret-missing', '');
    const { stderr } = await runCli(issue(table, pdfFolder), shop);
    expect(stderr).toContain('FAPIAO_APP_SECRET');
  });

  it('whose WeChat cannot be reached stops before anything is stored', async () => {
    const gone = await startCliPractice();
    const shop = await createShopFolder(gone.url);
    expect(await gone.stop()).toBe(0);
    const { table, pdfFolder } = await writeTableWithPdfs(shop.folder, [digitalInvoice(9104)]);
    const text = await expectRefusal(shop, issue(table, pdfFolder), 'network.unreachable');
    expect(text.en).toContain('nothing was sent');
    await expectRefusal(shop, ['call', 'account.check', '{"accountId":1}'], 'network.unreachable');
  });
});

describe('a data folder that cannot be used', () => {
  it('is refused with what to do, not with a stack of calls', async () => {
    const folder = createTempFolder();
    writeFileSync(join(folder, 'file'), '');
    const { code, stdout, stderr } = await runCli(['call', 'app.info', '--lang', 'en'], {
      dataFolder: join(folder, 'file', 'data'),
    });
    expect(code).toBe(1);
    // `call` answers in JSON whichever way it ends.
    expect(jsonLines(stdout)).toMatchObject([{ ok: false, error: { code: 'database.unavailable' } }]);
    expect(stderr).toBe('The database cannot be written (ENOTDIR)\nCheck disk space and permissions.\n');
  });

  it('with a damaged database is refused and left alone', async () => {
    const dataFolder = createTempFolder();
    writeFileSync(join(dataFolder, 'fapiao-desk.db'), 'x'.repeat(5000));
    const { code, stdout } = await runCli(['doctor', '--json'], { dataFolder });
    expect(code).toBe(1);
    expect(jsonLines(stdout)).toMatchObject([{ ok: false, error: { code: 'database.damaged' } }]);
    // The lock by which programs know of each other holds nothing.
    expect(readdirSync(dataFolder)).toEqual(['fapiao-desk.db', 'open.lock']);
  });
});
