import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { createRecords, type Records } from '../../electron/records/records.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { appError } from '../../shared/errors/app-error.ts';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';
import type { InvoiceEvent } from '../../shared/invoice/state.ts';
import { digitalInvoice, olderInvoice } from './app-invoices.ts';
import { happen } from './happen.ts';

/*
 * A readable database of each released version of the schema, kept as SQL in test/fixtures/databases, so that what a shop
 * has on its disk can be brought to the newest version by a test. `scripts/make-database-fixture.ts` writes the one of
 * the newest version; those of earlier ones are never written again.
 */

const folder = join(import.meta.dirname, '..', 'fixtures', 'databases');
export const fixturePathOf = (version: number): string => join(folder, `v${version}.sql`);

const day = (hour: number) => `2026-11-23T${String(hour).padStart(2, '0')}:00:00.000Z`;
const body = (fields: InvoiceFields) =>
  new TextEncoder().encode(JSON.stringify({ order_id: fields.orderId, note: '发票' }));

interface Ground {
  readonly accountId: number;
  readonly templateId: number;
  readonly pdfIds: readonly number[];
}

function addGround(records: Records): Ground {
  const practice = { name: '练习', kind: 'practice', appid: 'wxpractice', baseUrl: '', colour: 'blue' } as const;
  records.accounts.create({ ...practice, createdAt: day(1) });
  const shop = {
    name: "云杉'商贸",
    kind: 'wechat',
    appid: 'wx0123456789abcdef',
    baseUrl: 'https://api.weixin.qq.com',
  } as const;
  const { id: accountId } = records.accounts.create({ ...shop, colour: 'green', createdAt: day(1) });
  records.accounts.setPlatform(accountId, {
    platformId: '0012',
    invoiceUrl: 'https://mp.weixin.qq.com/bizmall/authinvoice',
  });
  records.accounts.setCustomerMustAuthorise(1, true);
  const texts = { customUrlName: '', customUrl: '', customUrlSubTitle: '', promotionUrlName: '', promotionUrl: '' };
  const { id: templateId } = records.templates.create({
    ...texts,
    accountId,
    cardId: 'pDe7ajvS2e1x',
    payee: '云杉商贸有限公司',
    type: '增值税电子普通发票',
    title: '云杉商贸',
    logoUrl: 'https://mmbiz.qpic.cn/logo',
    promotionUrlSubTitle: '',
    createdAt: day(1),
  });
  const pdfIds = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((serial) => {
    const sha256 = serial.toString(16).padStart(64, '0');
    return records.pdfs.record({ sha256, fileName: `发票 ${serial}.pdf`, sizeBytes: 1000 + serial, createdAt: day(2) })
      .id;
  });
  for (const pdfId of pdfIds.slice(0, 3))
    records.pdfs.recordUpload({
      accountId,
      pdfId,
      mediaId: `922337203685477580${pdfId}`,
      uploadedAt: day(2),
      expiresAt: day(23),
    });
  records.settings.write({ language: 'en', currentAccountId: accountId });
  return { accountId, templateId, pdfIds };
}

interface Story {
  readonly fields: InvoiceFields;
  readonly events: readonly InvoiceEvent[];
  readonly outcome?: 'done' | 'refused' | 'not-sent' | 'unknown';
  readonly error?: AppError;
  readonly cardCode?: string;
}

/** An invoice in each of the six states, with the values that are easily bent: zeros in front, quotes, line ends, none. */
const stories: readonly Story[] = [
  { fields: digitalInvoice(1, { remarks: '第一行\n第二行 \'quoted\' "twice"' }), events: [] },
  { fields: olderInvoice(2, { items: [] }), events: ['prepare'] },
  { fields: digitalInvoice(3, { buyerNumber: '0091350100' }), events: ['prepare', 'send'] },
  { fields: digitalInvoice(4), events: ['prepare', 'send', 'accept'], outcome: 'done', cardCode: '000012345678' },
  {
    fields: olderInvoice(5),
    events: ['prepare', 'send', 'refuse'],
    outcome: 'refused',
    error: appError('invoice.pdf-missing'),
  },
  {
    fields: digitalInvoice(6),
    events: ['prepare', 'send', 'lose'],
    outcome: 'unknown',
    error: appError('issue.outcome-unknown', { reason: '…' }),
  },
  // Issued, and its code not known: found by a person who saw the card.
  { fields: digitalInvoice(7), events: ['prepare', 'send', 'lose', 'found'], outcome: 'unknown' },
  { fields: digitalInvoice(8), events: ['prepare', 'send', 'not-sent', 'edit'], outcome: 'not-sent' },
];

function addInvoice(records: Records, { accountId, templateId, pdfIds }: Ground, story: Story, index: number): number {
  const account = records.accounts.find(accountId);
  if (!account) throw new Error('there is no account');
  const items = story.fields.items.map((item, place) =>
    index % 2 === 1 && place === 0 ? { ...item, num: null } : item,
  );
  const content = {
    templateId,
    batchId: null,
    pdfId: pdfIds[index] ?? null,
    tripPdfId: index === 3 ? (pdfIds[8] ?? null) : null,
  };
  const { id } = records.invoices.createDraft(account, { ...content, fields: { ...story.fields, items } }, day(3));
  const upload = records.attempts.start(id, 'setpdf', day(3));
  records.attempts.finish(upload, day(3), { outcome: 'done' });
  for (const event of story.events) {
    const { cardCode, error } = story;
    const given =
      cardCode === undefined ? {} : { cardCode, openid: 'oOpenid', reimburseStatus: 'INVOICE_REIMBURSE_INIT' as const };
    const changes = { accept: given, refuse: { error: error ?? null }, lose: { error: error ?? null } };
    const attempt =
      event === 'send' ? records.attempts.startInsert(id, `${story.fields.orderId}/${id}`, day(4)) : undefined;
    if (attempt !== undefined && story.outcome)
      records.attempts.finish(attempt, day(5), {
        outcome: story.outcome,
        errcode: story.outcome === 'refused' ? 72038 : null,
      });
    const more = event === 'prepare' ? { requestBody: body(story.fields) } : changes[event as keyof typeof changes];
    if (!happen(records, id, event, day(5), more ?? {})) throw new Error(`${event} is illegal here`);
  }
  return id;
}

function addBatch(records: Records, { accountId, templateId }: Ground, invoiceIds: readonly number[]): void {
  const header = ['订单号', '购买方名称'];
  const source = { path: '/发票/十一月.csv', name: '十一月.csv', encoding: 'gb18030', delimiter: ',', header } as const;
  const batchId = records.batches.create(accountId, templateId, source, day(6));
  for (const [index, importState] of (['linked', 'already', 'faulty'] as const).entries())
    records.batches.addRow(batchId, {
      rowNumber: index + 2,
      cells: JSON.stringify([[`ORDER-${index}`, '青禾,食品']]),
      orderId: `ORDER-${index}`,
      title: '青禾食品有限公司',
      importState,
      invoiceId: importState === 'faulty' ? null : (invoiceIds[index] ?? null),
      findings: [],
      change: importState === 'faulty' ? null : 'changed',
      changedFields: importState === 'linked' ? ['title'] : [],
    });
  records.batches.setState(batchId, 'stopped', appError('batch.running'));
  const cancelledId = records.batches.create(accountId, templateId, { ...source, delimiter: ';' }, day(8));
  records.batches.cancel(cancelledId, day(8));
}

function addEvents(records: Records, { accountId }: Ground, invoiceId: number | undefined): void {
  const common = { accountId, event: 'update_invoice_status', cardId: 'pDe7ajvS2e1x', openid: 'oOpenid' } as const;
  for (const [index, status] of ['INVOICE_REIMBURSE_LOCK', 'INVOICE_REIMBURSE_CLOSURE'].entries())
    records.events.record({
      ...common,
      invoiceId: index === 0 ? (invoiceId ?? null) : null,
      dedupeKey: `key ${index}`,
      code: index === 0 ? '000012345678' : '999',
      orderId: '',
      status,
      createTime: 1_795_104_000 + index,
      source: index === 0 ? 'push' : 'set-here',
      authenticated: index === 0,
      receivedAt: day(7),
      raw: '<xml><![CDATA[…]]></xml>',
    });
}

/** A relay that was read up to somewhere, and a push of it that could not be decoded. */
function addRelay({ relays }: Records, accountId: number): void {
  const relayUrl = 'https://relay.example.com';
  relays.save({ accountId, relayUrl, channel: 'channel1', pairedAt: day(8) });
  relays.advance(accountId, 'epoch.channel1.7.check', day(9));
  relays.keepUnread({
    accountId,
    digest: 'digest-1',
    receivedAt: day(9),
    query: { signature: 's', timestamp: '1700000000', nonce: 'n', msgSignature: 'm' },
    body: '<xml><Encrypt>…</Encrypt></xml>',
    reason: appError('push.bad-signature'),
  });
}

/** An order that was authorised with a title, and one that waits. */
function addOrders({ accounts, orders }: Records, accountId: number): void {
  const account = accounts.find(accountId);
  if (!account) throw new Error('there is no account');
  const common = { kind: 'apply-with-title', source: 'web', redirectUrl: '' } as const;
  for (const [index, orderId] of ['ASK-0001', 'ASK-0002'].entries()) {
    const order = orders.create(account, { ...common, orderId, moneyFen: 11_300, note: '三号桌' }, day(9));
    const link = { url: `https://example.com/auth?order_id=${orderId}`, appid: null };
    if (order) orders.noteLink(order.id, link, { now: day(9), nextCheckAt: day(10) });
    if (!order || index > 0) continue;
    const title = {
      kind: 'company',
      title: '青禾食品有限公司',
      taxNumber: '0091350100',
      address: '',
      phone: '',
    } as const;
    orders.noteAuthorised(
      order.id,
      { at: day(10), openid: 'oOpenid', title: { ...title, bankName: '', bankAccount: '', email: '', custom: [] } },
      { now: day(10), nextCheckAt: null },
    );
  }
}

/** Puts something of everything into a new database. */
export function fillFixture(database: Database): void {
  const records = createRecords(database);
  records.inTransaction(() => {
    const ground = addGround(records);
    const invoiceIds = stories.map((story, index) => addInvoice(records, ground, story, index));
    addBatch(records, ground, invoiceIds);
    addEvents(records, ground, invoiceIds[3]);
    addOrders(records, ground.accountId);
    records.decodedLinks.record({
      accountId: ground.accountId,
      code: '018692165859',
      cardId: 'card-1',
      decodedAt: day(8),
    });
    addRelay(records, ground.accountId);
    // As a restore leaves what it shows as not sent.
    database.prepare('UPDATE invoice SET doubted_at = ? WHERE id = ?').run(day(9), invoiceIds[7]);
  });
}

const literalOf = (value: unknown): string => {
  if (value === null) return 'NULL';
  if (Buffer.isBuffer(value)) return `X'${value.toString('hex')}'`;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return `'${String(value).replaceAll("'", "''")}'`;
};

/** A database as SQL that makes it again: schema word by word, every row, its version. */
export function dumpAsSql(database: Database): string {
  const objects = database
    .prepare<[], { type: string; name: string; sql: string }>(
      'SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid',
    )
    .all();
  const lines: string[] = [`PRAGMA user_version = ${Number(database.pragma('user_version', { simple: true }))};`];
  for (const { type, name, sql } of objects) {
    lines.push('', `${sql};`);
    if (type !== 'table') continue;
    for (const row of database.prepare<[], Record<string, unknown>>(`SELECT * FROM "${name}"`).all())
      lines.push(
        `INSERT INTO ${name} (${Object.keys(row).join(', ')})`,
        `  VALUES (${Object.values(row).map(literalOf).join(', ')});`,
      );
  }
  return `${lines.join('\n')}\n`;
}

/** Makes the database of a version as it was released, with its data. */
export function loadFixture(version: number, path: string): void {
  const database = new BetterSqlite3(path);
  try {
    database.pragma('journal_mode = WAL');
    // Rows come in the order of the tables, not of their references.
    database.pragma('foreign_keys = OFF');
    database.transaction(() => database.exec(readFileSync(fixturePathOf(version), 'utf8')))();
  } finally {
    database.close();
  }
}
