import { describe, expect, it } from 'vitest';
import { digitalInvoice } from '../../support/app-invoices.ts';
import { addAccount, openRecordsInMemory } from '../../support/records-in-memory.ts';

const from = '2026-11-22T16:00:00.000Z';
const to = '2026-11-23T16:00:00.000Z';
const day = { from, to };

function open() {
  const { database, records } = openRecordsInMemory();
  const account = addAccount(records);
  let serial = 0;
  const draft = (pdfId: number | null = null) => {
    serial += 1;
    const content = { fields: digitalInvoice(serial), templateId: null, batchId: null, pdfId, tripPdfId: null };
    return records.invoices.createDraft(account, content, from);
  };
  const issue = (at: string) => {
    const { id, fields } = draft();
    records.invoices.apply(id, 'draft', 'prepare', at, { requestBody: new Uint8Array(1) });
    records.invoices.apply(id, 'prepared', 'send', at);
    records.invoices.apply(id, 'sending', 'accept', at, { cardCode: String(id) });
    return fields;
  };
  const reject = (at: string) => {
    const { id } = draft();
    records.invoices.apply(id, 'draft', 'prepare', at, { requestBody: new Uint8Array(1) });
    records.invoices.apply(id, 'prepared', 'send', at);
    records.invoices.apply(id, 'sending', 'refuse', at);
  };
  const pdf = (sha256: string) => records.pdfs.record({ sha256, fileName: 'a.pdf', sizeBytes: 1, createdAt: from }).id;
  const upload = (pdfId: number, expiresAt: string) =>
    records.pdfs.recordUpload({ accountId: account.id, pdfId, mediaId: '1', uploadedAt: from, expiresAt });
  return { database, overview: records.overview, account, draft, issue, reject, pdf, upload };
}

describe('sums of a Beijing day', () => {
  it('take its first moment in and leave that of the next day out', () => {
    const { overview, account, issue } = open();
    const first = issue(from);
    issue('2026-11-22T15:59:59.999Z');
    const last = issue('2026-11-23T15:59:59.999Z');
    issue(to);
    expect(overview.sumIssued(account.id, day)).toEqual({
      count: 2,
      feeFen: first.feeFen + last.feeFen,
      taxFen: first.taxFen + last.taxFen,
    });
  });

  it('are of one account only', () => {
    const { overview, account, issue } = open();
    issue(from);
    expect(overview.sumIssued(account.id + 1, day)).toEqual({ count: 0, feeFen: 0, taxFen: 0 });
  });

  it('count as refused what was refused in it', () => {
    const { overview, account, reject } = open();
    reject(from);
    reject(to);
    expect(overview.countRejected(account.id, day)).toBe(1);
    expect(overview.countInState(account.id, 'rejected')).toBe(2);
  });

  it('are read from an index alone, so that a million invoices cost no more than those of the days', () => {
    const { database } = open();
    const plan = (sql: string) =>
      database.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all()[0]?.detail ?? '';
    const span = `account_id = 1 AND issued_at >= 'a' AND issued_at < 'b' AND issued_at IS NOT NULL`;
    expect(plan(`SELECT count(*), sum(fee_fen), sum(tax_fen) FROM invoice WHERE ${span}`)).toMatch(
      /^SEARCH .* COVERING INDEX invoice_issued/,
    );
    expect(
      plan(`SELECT count(*) FROM invoice WHERE account_id = 1 AND updated_at >= 'a' AND updated_at < 'b'
        AND state = 'rejected'`),
    ).toMatch(/^SEARCH .* COVERING INDEX invoice_rejected/);
    expect(plan('SELECT count(*) FROM invoice WHERE account_id = 1 AND doubted_at IS NOT NULL')).toMatch(
      /^SEARCH .* INDEX invoice_in_doubt/,
    );
  });
});

describe('PDFs about to expire', () => {
  const soon = '2026-11-23T08:00:00.000Z';

  it('are those of invoices without a card, the soonest first', () => {
    const { overview, account, draft, pdf, upload } = open();
    const [late, early] = [pdf('a'), pdf('b')];
    const lateDraft = draft(late);
    const earlyDraft = draft(early);
    upload(late, '2026-11-23T12:00:00.000Z');
    upload(early, soon);
    const { total, soonest } = overview.listExpiring(account.id, day);
    expect(total).toBe(2);
    expect(soonest.map(({ invoiceId }) => invoiceId)).toEqual([earlyDraft.id, lateDraft.id]);
  });

  it('are not those that were uploaded again, nor those without an invoice, nor those of later', () => {
    const { overview, account, draft, pdf, upload } = open();
    const again = pdf('a');
    draft(again);
    upload(again, soon);
    upload(again, '2026-11-25T08:00:00.000Z');
    upload(pdf('b'), soon);
    const later = pdf('c');
    draft(later);
    upload(later, '2026-11-23T16:00:00.001Z');
    expect(overview.listExpiring(account.id, day)).toEqual({ total: 0, soonest: [] });
  });
});

it('knows whether anything was ever issued', () => {
  const { overview, issue } = open();
  expect(overview.hasIssued()).toBe(false);
  issue(from);
  expect(overview.hasIssued()).toBe(true);
});
