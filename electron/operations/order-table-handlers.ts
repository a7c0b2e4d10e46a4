import { basename, join } from 'node:path';
import type { Handlers, InputOf, OutputOf } from '../../shared/contract/contract.ts';
import type { Order } from '../../shared/contract/order-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { formatBeijingInstant } from '../../shared/invoice/beijing-time.ts';
import { finding } from '../../shared/invoice/findings.ts';
import { formatYuan } from '../../shared/invoice/money.ts';
import { orderStageLabels } from '../../shared/invoice/order.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { inLanguage, type Language } from '../../shared/text.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import { matchOrders } from '../tables/match-orders.ts';
import type { OrderRow, OrderTable } from '../tables/order-table.ts';
import { createPacer } from '../tables/pacer.ts';
import { listFolder } from '../tables/pdf-folder.ts';
import { tableOfPdfs } from '../tables/pdf-rows.ts';
import { writeTable } from '../tables/write-table.ts';
import { findAccount, type HandlerParts, isoNow } from './handler-parts.ts';
import { keepTable, readPdfs } from './pdf-table-parts.ts';
import { saveChosen } from './save-chosen.ts';

type Names = 'order.readTable' | 'order.importTable' | 'order.exportLinks' | 'order.makeTable' | 'picture.save';

/** Rows shown before anything is stored. */
const sampleRows = 20;
/** Faulty rows that are told: far more than anybody goes through on a page. */
const mostFaults = 500;
const pageSize = 200;
const storedAtOnce = 100;

interface ReadOrders {
  readonly account: StoredAccount;
  readonly table: OrderTable;
  readonly created: readonly OrderRow[];
  readonly known: number;
  readonly faults: OrderTable['faults'];
}

/** Holds the rows against what is here: an order that is known with another amount is a fault. */
async function compare(parts: HandlerParts, account: StoredAccount, table: OrderTable): Promise<ReadOrders> {
  const created: OrderRow[] = [];
  const faults = [...table.faults];
  const pace = createPacer();
  let known = 0;
  for (const order of table.orders) {
    await pace();
    const stored = parts.records.orders.findByOrder(account, order.orderId);
    const header = table.header[table.columns?.money ?? 0] ?? '';
    if (!stored) created.push(order);
    else if (stored.moneyFen === order.moneyFen) known += 1;
    else {
      const value = formatYuan(order.moneyFen);
      const found = finding('order.amount-changed', header, value, { money: formatYuan(stored.moneyFen) });
      faults.push({ row: order.row, cells: [order.orderId, value, order.note], finding: found });
    }
  }
  return { account, table, created, known, faults: faults.sort((a, b) => a.row - b.row) };
}

async function readTable(
  parts: HandlerParts,
  { accountId, table, encoding, columns }: InputOf<'order.readTable'>,
): Promise<Result<ReadOrders, AppError>> {
  const account = findAccount(parts, accountId);
  if (!account.ok) return account;
  const path = parts.files.resolve(table);
  if (!path.ok) return path;
  // Its address is that of a worker, so it has to be a file of its own after bundling.
  const { readOrdersInWorker } = await import('../tables/table-worker.ts');
  const read = await readOrdersInWorker({ path: path.value, fileName: basename(path.value), encoding }, columns);
  return read.ok ? ok(await compare(parts, account.value, read.value)) : read;
}

/** Some at a time, so that nobody waits; what is stored when the program ends is known the next time. */
async function storeOrders(
  parts: HandlerParts,
  { account, created, known, faults }: ReadOrders,
  { kind, source, redirectUrl }: InputOf<'order.importTable'>,
): Promise<OutputOf<'order.importTable'>> {
  const { records, emit } = parts;
  const now = isoNow(parts);
  const pace = createPacer();
  for (let from = 0; from < created.length; from += storedAtOnce) {
    await pace();
    const last = records.inTransaction(() =>
      created
        .slice(from, from + storedAtOnce)
        .map(({ orderId, moneyFen, note }) =>
          records.orders.create(account, { orderId, moneyFen, note, kind, source, redirectUrl }, now),
        )
        .at(-1),
    );
    if (last) emit('record.changed', { kind: 'order', id: last.id });
  }
  return { created: created.length, known, faulty: faults.length };
}

const linkHeaders = {
  'zh-CN': ['订单号', '金额', '客户', '状态', '授权链接', '取链接时间', '授权时间', '抬头', '纳税人识别号'],
  en: ['Order number', 'Amount', 'For whom', 'State', 'Link', 'Link got', 'Authorised', 'Title', 'Tax ID'],
} as const satisfies Record<Language, readonly string[]>;

const timeOf = (instant: string | null | undefined): string => (instant ? formatBeijingInstant(instant) : '');

function linkRow({ orderId, moneyFen, note, stage, link, authorisedAt, title }: Order, language: Language): string[] {
  return [
    orderId,
    formatYuan(moneyFen, { grouped: false }),
    note,
    inLanguage(orderStageLabels[stage], language),
    link?.url ?? '',
    timeOf(link?.obtainedAt),
    timeOf(authorisedAt),
    title?.title ?? '',
    title?.taxNumber ?? '',
  ];
}

/** All orders of a stage, the oldest first. */
async function allOrders(
  { records }: HandlerParts,
  { accountId, stage }: Pick<InputOf<'order.exportLinks'>, 'accountId' | 'stage'>,
): Promise<readonly Order[]> {
  const pace = createPacer();
  const all: Order[] = [];
  for (let beforeId: number | undefined; ; beforeId = all.at(-1)?.id) {
    await pace();
    const page = records.orders.list({ accountId, stage, beforeId, limit: pageSize });
    all.push(...page);
    if (page.length < pageSize) return all.reverse();
  }
}

async function makeTable(
  parts: HandlerParts,
  { accountId, folder }: InputOf<'order.makeTable'>,
): Promise<Result<OutputOf<'order.makeTable'>, AppError>> {
  const { files, dataFolder } = parts;
  const account = findAccount(parts, accountId);
  if (!account.ok) return account;
  const path = files.resolve(folder);
  if (!path.ok) return path;
  const content = await listFolder(path.value);
  if (!content.ok) return content;
  const { pdfs } = content.value;
  if (pdfs.length === 0) return fail(appError('folder.no-pdfs', { folder: basename(path.value) }));
  const readings = await readPdfs(parts, 'make', path.value, pdfs);
  if (!readings.ok) return readings;
  const matched = await matchOrders(readings.value, await allOrders(parts, { accountId, stage: 'authorised' }));
  const made = await tableOfPdfs(readings.value, matched.orderOf);
  const answer = {
    rows: made.rows.length,
    ordersWithoutPdf: [...matched.without],
    pdfsWithoutOrder: [...made.refused],
    notes: [...made.notes],
  };
  const table = await keepTable(parts, join(dataFolder, 'order-tables', `${accountId}.csv`), made);
  return table.ok ? ok({ table: table.value, ...answer }) : table;
}

const pngMark = '\x89PNG\r\n\x1a\n';

const savePicture = (parts: HandlerParts, { target, png }: InputOf<'picture.save'>) =>
  saveChosen(parts, target, async (name) => {
    const bytes = Buffer.from(png, 'base64');
    return bytes.toString('latin1').startsWith(pngMark)
      ? ok(bytes)
      : fail(appError('image.not-accepted', { file: name }));
  });

/** Orders out of tables, and tables out of orders. */
export function createOrderTableHandlers(parts: HandlerParts): Pick<Handlers, Names> {
  return {
    'order.readTable': async (input) => {
      const read = await readTable(parts, input);
      if (!read.ok) return read;
      const { table, created, known, faults } = read.value;
      const { encoding, header, columns, rows, orders } = table;
      return ok({
        encoding,
        header: [...header],
        columns,
        rows,
        created: created.length,
        known,
        faulty: faults.length,
        faults: faults.slice(0, mostFaults),
        sample: orders.slice(0, sampleRows).map(({ orderId, moneyFen, note }) => ({ orderId, moneyFen, note })),
      });
    },
    'order.importTable': async (input) => {
      const read = await readTable(parts, input);
      if (!read.ok) return read;
      if (read.value.table.columns === null) return fail(appError('order.table-columns'));
      return ok(await storeOrders(parts, read.value, input));
    },
    'order.exportLinks': async ({ accountId, stage, target }) => {
      const path = parts.files.resolve(target);
      if (!path.ok) return path;
      const { language } = parts.records.settings.read();
      const orders = await allOrders(parts, { accountId, stage });
      const rows = orders.map((order) => linkRow(order, language));
      const written = await writeTable(path.value, [linkHeaders[language], ...rows]);
      return written.ok ? ok({ name: basename(path.value), rows: rows.length }) : written;
    },
    'order.makeTable': (input) => makeTable(parts, input),
    'picture.save': (input) => savePicture(parts, input),
  };
}
