import type { Database } from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { openDatabase } from '../../electron/records/database.ts';
import type { InvoiceContent } from '../../electron/records/invoice-repository.ts';
import { createRecords, type Records } from '../../electron/records/records.ts';
import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';
import type { InvoiceEvent, InvoiceState } from '../../shared/invoice/state.ts';
import { digitalInvoice } from './app-invoices.ts';
import { happen } from './happen.ts';

export const now = '2026-11-23T02:00:00.000Z';
export const later = '2026-11-23T03:00:00.000Z';

/** Records over a really migrated database that is gone when the test is over. */
export function openRecordsInMemory(): { readonly database: Database; readonly records: Records } {
  const opened = openDatabase(':memory:');
  if (!opened.ok) throw new Error(opened.error.code);
  onTestFinished(() => {
    opened.value.close();
  });
  return { database: opened.value, records: createRecords(opened.value) };
}

export function addAccount(records: Records, kind: 'practice' | 'wechat' = 'wechat', appid = 'wx0123456789abcdef') {
  const name = `${kind} ${records.accounts.list().length}`;
  return records.accounts.create({ name, kind, appid, baseUrl: '', colour: 'green', createdAt: now });
}

export function addTemplate(records: Records, accountId: number, cardId = 'pDe7ajvS2e1x') {
  return records.templates.create({
    accountId,
    cardId,
    payee: '云杉练习商贸有限公司',
    type: '增值税电子普通发票',
    title: '云杉商贸',
    logoUrl: 'https://mmbiz.qpic.cn/logo',
    customUrlName: '',
    customUrl: '',
    customUrlSubTitle: '',
    promotionUrlName: '',
    promotionUrl: '',
    promotionUrlSubTitle: '',
    createdAt: now,
  });
}

/** A PDF's record; each serial is another content. */
export function addPdf(records: Records, serial: number) {
  const sha256 = serial.toString(16).padStart(64, '0');
  return records.pdfs.record({ sha256, fileName: `${serial}.pdf`, sizeBytes: 1000 + serial, createdAt: now });
}

export function contentOf(fields: InvoiceFields, references: Partial<InvoiceContent> = {}): InvoiceContent {
  return { fields, templateId: null, batchId: null, pdfId: null, tripPdfId: null, ...references };
}

const requestBody = new TextEncoder().encode('{"order_id":"…"}');

/** Takes an invoice through events one after the other; `prepare` gets a request body. Throws at an illegal one. */
export function walk(records: Records, id: number, events: readonly InvoiceEvent[]): Invoice {
  let invoice: Invoice | undefined;
  for (const event of events) {
    invoice = happen(records, id, event, now, event === 'prepare' ? { requestBody } : {});
    if (!invoice) throw new Error(`${event} is illegal here`);
  }
  if (!invoice) throw new Error('no event was given');
  return invoice;
}

/** The shortest way of an invoice into each state. */
export const wayTo: Readonly<Record<InvoiceState, readonly InvoiceEvent[]>> = {
  draft: [],
  prepared: ['prepare'],
  sending: ['prepare', 'send'],
  issued: ['prepare', 'send', 'accept'],
  rejected: ['prepare', 'send', 'refuse'],
  unknown: ['prepare', 'send', 'lose'],
};

/** Records with one account and one fully digital invoice, `ORDER-1`, in a state. */
export function openRecordsWithInvoice(state: InvoiceState = 'draft', serial = 1) {
  const { database, records } = openRecordsInMemory();
  const account = addAccount(records);
  const { id } = records.invoices.createDraft(account, contentOf(digitalInvoice(serial)), now);
  if (wayTo[state].length > 0) walk(records, id, wayTo[state]);
  const row = () => database.prepare('SELECT * FROM invoice WHERE id = ?').get(id);
  return { database, records, invoices: records.invoices, account, id, row };
}
