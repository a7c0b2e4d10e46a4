import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { databaseIn } from '../../electron/records/backup-files.ts';
import { openDatabase } from '../../electron/records/database.ts';
import { createRecords } from '../../electron/records/records.ts';
import { planText, readTerms } from '../../electron/records/search-text.ts';
import { emptyInvoiceFields, type InvoiceFields } from '../../shared/invoice/invoice.ts';

const places = ['杭州', '上海', '北京', '南京', '广州', '深圳', '成都', '武汉'];
const names = [...'青禾茶叶五金建材科技教育咨询信息服务贸易云杉练习商贸明远达华泰鑫源盛隆昌宏伟光辉新世纪'];
const now = '2026-11-23T02:00:00.000Z';

function open(folder: string): Database {
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

/** A data folder with so many drafts, made by the program's own repository. */
export function fillRecords(folder: string, count: number): { readonly milliseconds: number; readonly bytes: number } {
  mkdirSync(join(folder), { recursive: true });
  const database = open(folder);
  database.pragma('synchronous = 0');
  const records = createRecords(database);
  const account = records.accounts.create({
    name: '青禾商贸',
    kind: 'wechat',
    appid: 'wx0123456789abcdef',
    baseUrl: '',
    colour: 'green',
    createdAt: now,
  });
  const lot = createLots();
  const begun = performance.now();
  const atOnce = 10_000;
  for (let start = 0; start < count; start += atOnce)
    records.inTransaction(() => {
      for (let serial = start; serial < Math.min(count, start + atOnce); serial += 1)
        records.invoices.createDraft(account, draftOf(fieldsOf(serial, lot)), now);
    });
  const milliseconds = performance.now() - begun;
  database.close();
  return { milliseconds, bytes: statSync(databaseIn(folder)).size };
}

const draftOf = (fields: InvoiceFields) => ({ fields, templateId: null, batchId: null, pdfId: null, tripPdfId: null });

export function openRaw(folder: string): Database {
  return new BetterSqlite3(databaseIn(folder), { readonly: true });
}

/** Milliseconds of the bare query: the same grams, the newest hundred, their rows. */
export function rawSearch(database: Database, text: string): number {
  const { match } = planText(readTerms(text));
  const begun = performance.now();
  database
    .prepare(
      `SELECT invoice.* FROM invoice_search CROSS JOIN invoice ON invoice.id = invoice_search.rowid
       WHERE invoice_search MATCH ? ORDER BY invoice_search.rowid DESC LIMIT 101`,
    )
    .all(match);
  return performance.now() - begun;
}

/** Milliseconds of one draft saved durably, with the index and without it. */
export function writeCost(folder: string): { readonly withIndex: number; readonly without: number } {
  const database = open(folder);
  const records = createRecords(database);
  const [account] = records.accounts.list();
  if (!account) throw new Error('there is no account');
  const lot = createLots();
  let serial = 900_000_000;
  const measure = () => {
    const begun = performance.now();
    const count = 300;
    for (let index = 0; index < count; index += 1) {
      serial += 1;
      records.invoices.createDraft(account, draftOf(fieldsOf(serial, lot)), now);
    }
    return (performance.now() - begun) / count;
  };
  measure();
  const withIndex = measure();
  for (const trigger of ['insert', 'update', 'delete']) database.exec(`DROP TRIGGER invoice_search_${trigger}`);
  measure();
  const without = measure();
  database.close();
  return { withIndex, without };
}
