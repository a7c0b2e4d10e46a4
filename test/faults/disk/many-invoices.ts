import type { Database } from 'better-sqlite3';

/*
 * Invoices by the hundred thousand, the same ones each time, made by SQLite itself: one by one through the program they
 * would take minutes. Columns are named, so that they fit every version of the schema that has these.
 */

const groundSql = `
INSERT INTO account (name, kind, appid, base_url, colour, created_at)
  VALUES ('青禾商贸', 'wechat', 'wx0123456789abcdef', '', 'green', '2026-11-23T02:00:00.000Z');
INSERT INTO template (account_id, card_id, payee, type, title, logo_url, custom_url_name, custom_url,
    custom_url_sub_title, promotion_url_name, promotion_url, promotion_url_sub_title, created_at)
  SELECT max(id), 'pMany', '青禾商贸有限公司', '增值税电子普通发票', '青禾商贸', '', '', '', '', '', '', '', '2026-11-23T02:00:00.000Z'
  FROM account;`;

const serials = `WITH RECURSIVE serial (n) AS (
    SELECT :first UNION ALL SELECT n + 1 FROM serial WHERE n < :first + :count - 1)`;

/** Of each twenty, one is a draft, one was rejected, one is unknown, and the rest was issued. */
const stateSql = `CASE n % 20 WHEN 0 THEN 'draft' WHEN 1 THEN 'rejected' WHEN 2 THEN 'unknown' ELSE 'issued' END`;

const fillingSql: readonly string[] = [
  `${serials} INSERT INTO pdf (id, sha256, file_name, size_bytes, created_at)
   SELECT n, printf('%064x', n), n || '.pdf', 20000 + n % 1000, '2026-11-23T02:00:00.000Z' FROM serial`,
  `${serials} INSERT INTO invoice (id, account_id, realm, appid, template_id, state, order_id, title, fee_fen,
     fee_without_tax_fen, tax_fen, billing_time, billing_no, billing_code, check_code, buyer_number,
     buyer_address_and_phone, buyer_bank_account, seller_number, seller_address_and_phone, seller_bank_account,
     remarks, cashier, maker, pdf_id, request_body, card_code, openid, reimburse_status, created_at, updated_at, issued_at)
   SELECT n, account.id, 'wechat', account.appid, template.id, ${stateSql}, 'MANY-' || n, '买方 ' || n % 5000, 11300 + n % 977,
     10000, 1300 + n % 977, 1795104000, '9' || printf('%019d', n), '', '', printf('91350100%010d', n % 5000),
     '福州市鼓楼区五四路 ' || n % 300 || ' 号 0591-8' || printf('%07d', n), '', '91350100MA2XXXXX0X', '', '',
     '第 ' || n || ' 张', '', '', n, CASE n % 20 WHEN 0 THEN NULL ELSE CAST(printf('%0500d', n) AS BLOB) END,
     CASE WHEN n % 20 > 2 THEN printf('%012d', n) END, CASE WHEN n % 20 > 2 THEN 'o' || n END,
     CASE WHEN n % 20 > 2 THEN 'INVOICE_REIMBURSE_INIT' END, '2026-11-23T02:00:00.000Z', '2026-11-23T02:00:00.000Z',
     CASE WHEN n % 20 > 2 THEN '2026-11-23T02:00:00.000Z' END
   FROM serial, (SELECT max(id) AS id, appid FROM account) AS account, (SELECT max(id) AS id FROM template) AS template`,
  `${serials} INSERT INTO invoice_item (invoice_id, position, name, num, unit, price_fen)
   SELECT n, 0, '*日用品*牙膏', 4, '支', 2500 FROM serial`,
  `${serials} INSERT INTO attempt (invoice_id, call, card, started_at, finished_at, outcome)
   SELECT n, 'insert', 'MANY-' || n || '//' || n, '2026-11-23T02:00:00.000Z', '2026-11-23T02:00:01.000Z',
     CASE n % 20 WHEN 1 THEN 'refused' WHEN 2 THEN 'unknown' ELSE 'done' END FROM serial WHERE n % 20 > 0`,
  `${serials} INSERT INTO status_event (account_id, invoice_id, dedupe_key, event, card_id, code, status, openid,
     create_time, source, authenticated, received_at, raw)
   SELECT (SELECT max(id) FROM account), n, 'many ' || n, 'update_invoice_status', 'pMany', printf('%012d', n),
     'INVOICE_REIMBURSE_LOCK', 'o' || n, 1795104000 + n, 'push', 1, '2026-11-23T02:00:00.000Z', '<xml/>'
   FROM serial WHERE n % 20 > 2 AND n % 4 = 0`,
];

/** Adds so many invoices, with their PDFs, items, attempts and events, to an open database. */
export function addManyInvoices(database: Database, count: number): void {
  const first =
    1 +
    Number(
      database
        .prepare('SELECT max(coalesce((SELECT max(id) FROM invoice), 0), coalesce((SELECT max(id) FROM pdf), 0))')
        .pluck()
        .get(),
    );
  database.transaction(() => {
    database.exec(groundSql);
    for (const sql of fillingSql) database.prepare(sql).run({ first, count });
  })();
}
