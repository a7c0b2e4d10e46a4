import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { databaseIn, searchIndexIn } from '../../electron/records/backup-files.ts';
import { openDatabase } from '../../electron/records/database.ts';
import { createRecords } from '../../electron/records/records.ts';
import { planText, readTerms } from '../../electron/records/search-text.ts';
import { emptyInvoiceFields, type InvoiceFields } from '../../shared/invoice/invoice.ts';
import { median } from '../measure.ts';

const places = ['杭州', '上海', '北京', '南京', '广州', '深圳', '成都', '武汉'];
const names = [...'青禾茶叶五金建材科技教育咨询信息服务贸易云杉练习商贸明远达华泰鑫源盛隆昌宏伟光辉新世纪'];
const now = '2026-11-23T02:00:00.000Z';
const companies = 6;

function open(folder: string): Database {
  mkdirSync(folder, { recursive: true });
  const opened = openDatabase(databaseIn(folder));
  if (!opened.ok) throw new Error(opened.error.text.en);
  return opened.value;
}

/** Numbers that look as if drawn by lot and are the same in every run. */
function createLots() {
  let state = 1;
  return (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >>> 8) % below;
  };
}

function fieldsOf(serial: number, lot: (below: number) => number): InvoiceFields {
  const name = Array.from({ length: 2 + lot(4) }, () => names[lot(names.length)]).join('');
  const title = serial % 50_000 === 7 ? `龘字号${serial}` : `${places[lot(places.length)]}${name}有限公司`;
  const feeFen = 100 + lot(10_000_000);
  return {
    ...emptyInvoiceFields(),
    orderId: `WX2026${String(serial).padStart(8, '0')}`,
    title,
    feeFen,
    feeWithoutTaxFen: feeFen,
    billingTime: 1_764_000_000 + serial * 30,
    billingNo: `263120000${String(serial * 7).padStart(11, '0')}`,
    buyerNumber: `91330106MA${String(lot(100_000_000)).padStart(8, '0')}`,
    remarks: serial % 5 === 0 ? `（备注）配送费${lot(1000)}` : '',
  };
}

const draftOf = (fields: InvoiceFields) => ({ fields, templateId: null, batchId: null, pdfId: null, tripPdfId: null });

/** The accounts of a bookkeeper, and no invoice. */
export function addCompanies(folder: string): void {
  const database = open(folder);
  const { accounts } = createRecords(database);
  for (let serial = 1; serial <= companies; serial += 1)
    accounts.create({
      name: `公司${serial}`,
      kind: 'wechat',
      appid: `wx${String(serial).padStart(16, '0')}`,
      baseUrl: '',
      colour: 'green',
      createdAt: now,
    });
  database.close();
}

const insertSql = `INSERT INTO invoice (account_id, realm, appid, state, order_id, title, fee_fen, fee_without_tax_fen,
    tax_fen, billing_time, billing_no, billing_code, check_code, buyer_number, buyer_address_and_phone,
    buyer_bank_account, seller_number, seller_address_and_phone, seller_bank_account, remarks, cashier, maker,
    request_body, card_code, openid, created_at, updated_at, issued_at)
  VALUES (:accountId, 'wechat', :appid, :state, :orderId, :title, :feeFen, :feeWithoutTaxFen, :taxFen, :billingTime,
    :billingNo, :billingCode, :checkCode, :buyerNumber, :buyerAddressAndPhone, :buyerBankAccount, :sellerNumber,
    :sellerAddressAndPhone, :sellerBankAccount, :remarks, :cashier, :maker, :requestBody, :cardCode, :openid,
    :now, :now, :issuedAt)`;

/** So many invoices of all accounts, nearly all of them issued, the others drafts; not one by one, which takes minutes. */
export function fillRecords(folder: string, count: number): void {
  const database = open(folder);
  for (const pragma of ['synchronous = 0', 'cache_size = -400000', 'wal_autocheckpoint = 20000'])
    database.pragma(pragma);
  const records = createRecords(database);
  const accounts = records.accounts.list();
  const insert = database.prepare(insertSql);
  const lot = createLots();
  const requestBody = Buffer.from('{}');
  // Kept up to date row by row, the indexes take most of the time.
  const indexes = database
    .prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'invoice' AND sql IS NOT NULL`,
    )
    .all();
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`);
  const atOnce = 50_000;
  for (let start = 0; start < count; start += atOnce)
    records.inTransaction(() => {
      for (let serial = start; serial < Math.min(count, start + atOnce); serial += 1) {
        const account = accounts[serial % accounts.length];
        const { items: _, ...fields } = fieldsOf(serial, lot);
        const issued = {
          state: 'issued',
          requestBody,
          cardCode: String(serial).padStart(12, '0'),
          openid: 'o6_bmjrPTlm6_2sgVt7hMZOPfL2M',
          issuedAt: new Date(fields.billingTime * 1000).toISOString(),
        };
        const draft = { state: 'draft', requestBody: null, cardCode: null, openid: null, issuedAt: null };
        const reference = { accountId: account?.id, appid: account?.appid, now };
        insert.run({ ...fields, ...reference, ...(serial % 500 === 3 ? draft : issued) });
      }
    });
  for (const { sql } of indexes) database.exec(sql);
  database.close();
}

/** As the program's own: it only reads, and sees the index as `search`. */
export function openRaw(folder: string): Database {
  const database = new BetterSqlite3(databaseIn(folder), { readonly: true });
  database.prepare('ATTACH ? AS search').run(searchIndexIn(folder));
  return database;
}

const rowsSql = `SELECT invoice.id, account_id, template_id, state, doubted_at, order_id, title, fee_fen,
    fee_without_tax_fen, tax_fen, billing_time, billing_no, billing_code, buyer_number, remarks, card_code,
    reimburse_status, created_at, issued_at`;

/** Milliseconds of the bare query: the same grams, the newest hundred and one, their rows. */
export function rawSearch(database: Database, text: string): number {
  const { match } = planText(readTerms(text));
  const begun = performance.now();
  database
    .prepare(
      `${rowsSql} FROM search.invoice_search CROSS JOIN invoice ON invoice.id = invoice_search.rowid
       WHERE invoice_search MATCH ? ORDER BY invoice_search.rowid DESC LIMIT 101`,
    )
    .all(match);
  return performance.now() - begun;
}

/** Megabytes of the database and of its index. */
export function sizesIn(folder: string): { readonly database: number; readonly index: number } {
  const megabytes = (path: string) => statSync(path).size / 1e6;
  return { database: megabytes(databaseIn(folder)), index: megabytes(searchIndexIn(folder)) };
}

/** Milliseconds of one draft saved durably, with what the records page asks of the database and without it. */
export function writeCost(folder: string, other: string): { readonly value: number; readonly baseline: number } {
  mkdirSync(other);
  copyFileSync(databaseIn(folder), databaseIn(other));
  const without = open(other);
  for (const trigger of ['insert', 'update', 'delete']) without.exec(`DROP TRIGGER search_change_${trigger}`);
  for (const index of ['by_billing_time', 'by_fee', 'by_title', 'by_reimburse_status', 'of_account'])
    without.exec(`DROP INDEX invoice_${index}`);
  const sides = [open(folder), without].map((database) => ({ database, records: createRecords(database), times: [0] }));
  const lot = createLots();
  for (let serial = 900_000_000; serial < 900_001_000; serial += 1) {
    const draft = draftOf(fieldsOf(serial, lot));
    // In turns, as the disk is now quick and now slow.
    for (const { records, times } of sides) {
      const [account] = records.accounts.list();
      if (!account) throw new Error('there is no account');
      const begun = performance.now();
      records.invoices.createDraft(account, draft, now);
      times.push(performance.now() - begun);
    }
  }
  for (const { database } of sides) database.close();
  const [value, baseline] = sides.map(({ times }) => median(times));
  return { value: value ?? Number.NaN, baseline: baseline ?? Number.NaN };
}

/** What a person types, letter by letter: a name, a number from its front and its end, an order, rare and common words. */
const words = [
  '五金建材',
  '杭州青禾茶叶有限公司',
  '2631200000001',
  '7654321',
  'wx2026005',
  '91330106ma',
  '配送费77',
  '公司',
  '鑫',
  '龘字号',
  '没有这样的公司',
  "o'neill",
] as const;
/** Each word as it stands after each of its letters. */
export const keystrokes = words.flatMap((word) => [...word].map((_, index) => [...word].slice(0, index + 1).join('')));
