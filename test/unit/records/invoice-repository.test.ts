import { describe, expect, it } from 'vitest';
import { appError } from '../../../shared/errors/app-error.ts';
import { invoiceEvents, invoiceStates, nextState } from '../../../shared/invoice/state.ts';
import { digitalInvoice, olderInvoice } from '../../support/app-invoices.ts';
import { happen } from '../../support/happen.ts';
import {
  addAccount,
  addPdf,
  addTemplate,
  contentOf,
  later,
  now,
  openRecordsInMemory,
  openRecordsWithInvoice,
  walk,
  wayTo,
} from '../../support/records-in-memory.ts';

describe('a draft', () => {
  it('keeps everything it was given: every field, its items in order, template and PDFs', () => {
    const { records } = openRecordsInMemory();
    const account = addAccount(records);
    const template = addTemplate(records, account.id);
    const [pdf, tripPdf] = [addPdf(records, 1), addPdf(records, 2)];
    const fields = olderInvoice(7, {
      billingNo: '00000007',
      buyerNumber: '91350100M000100Y43',
      buyerAddressAndPhone: '福州市 0591-1',
      buyerBankAccount: '招行 001',
      sellerNumber: '91350100M000100Y43',
      sellerAddressAndPhone: '厦门市 0592-2',
      sellerBankAccount: '工行 002',
      remarks: "一\n二 “三” '四' 😀",
      cashier: '王芳',
      maker: '李强',
      items: [
        { name: '乙', num: 2, unit: '支', priceFen: 2 },
        { name: '甲', num: null, unit: '', priceFen: 0 },
        { name: '乙', num: 2, unit: '支', priceFen: 2 },
      ],
    });
    const references = { templateId: template.id, pdfId: pdf.id, tripPdfId: tripPdf.id };
    const created = records.invoices.createDraft(account, contentOf(fields, references), now);
    expect(records.invoices.find(created.id)).toEqual({
      id: created.id,
      accountId: account.id,
      templateId: template.id,
      batchId: null,
      state: 'draft',
      fields,
      pdf,
      tripPdf,
      cardCode: null,
      openid: null,
      unionid: null,
      reimburseStatus: null,
      error: null,
      doubtedAt: null,
      createdAt: now,
      updatedAt: now,
      issuedAt: null,
    });
  });

  it('may hold the largest amounts and numbers without losing a digit', () => {
    const { records } = openRecordsInMemory();
    const fields = digitalInvoice(1, {
      feeFen: 999_999_999_999,
      billingTime: 9_999_999_999,
      orderId: '00018446744073709551615',
    });
    const { id } = records.invoices.createDraft(addAccount(records), contentOf(fields), now);
    expect(records.invoices.find(id)?.fields).toEqual(fields);
  });

  it('can be removed, and its items and attempts with it', () => {
    const { database, records, invoices, id } = openRecordsWithInvoice();
    const attempt = records.attempts.start(id, 'setpdf', now);
    records.attempts.finish(attempt, now, { outcome: 'not-sent' });
    expect(invoices.removeDraft(id)).toBe(true);
    expect(invoices.find(id)).toBeUndefined();
    for (const table of ['invoice', 'invoice_item', 'attempt'])
      expect(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
  });

  it('stays where nobody knows what became of an earlier request of it', () => {
    const { records, invoices, account, id } = openRecordsWithInvoice('unknown');
    const attempt = records.attempts.startInsert(id, 'ORDER-1', now);
    records.attempts.finish(attempt, now, { outcome: 'unknown' });
    happen({ invoices }, id, 'absent', now);
    invoices.edit(id, contentOf(digitalInvoice(1)), now);
    expect(invoices.removeDraft(id)).toBe(false);
    expect(invoices.find(id)).toMatchObject({ state: 'draft', accountId: account.id });
    expect(records.attempts.listOfInvoice(id)).toHaveLength(1);
  });

  it('stays where a batch has a row for it', () => {
    const { database, records, invoices, account, id } = openRecordsWithInvoice();
    const { id: templateId } = addTemplate(records, account.id);
    const source = { path: '/a.csv', name: 'a.csv', encoding: 'utf-8', delimiter: ',', header: [] } as const;
    const batchId = records.batches.create(account.id, templateId, source, now);
    const row = { rowNumber: 2, cells: '[]', orderId: '', title: '', importState: 'linked', findings: [] } as const;
    records.batches.addRow(batchId, { ...row, invoiceId: id, change: null, changedFields: [] });
    records.attempts.start(id, 'setpdf', now);
    expect(invoices.removeDraft(id)).toBe(false);
    expect(invoices.find(id)).toBeDefined();
    expect(database.prepare('SELECT count(*) FROM attempt').pluck().get()).toBe(1);
  });
});

describe.each(invoiceStates.filter((state) => state !== 'draft'))('an invoice that is %s', (state) => {
  it('is not removed', () => {
    const { invoices, id, row } = openRecordsWithInvoice(state);
    const before = row();
    expect(invoices.removeDraft(id)).toBe(false);
    expect(row()).toEqual(before);
  });
});

describe.each(invoiceStates)('an invoice that is %s', (state) => {
  it.each(invoiceEvents)('makes the move of the state table on %s, or none and stays as it is', (event) => {
    const { database, invoices, id, row } = openRecordsWithInvoice(state);
    // Of what was never sent a card is found only where a restore has put it in doubt; the next test has it without.
    if (event === 'found') database.prepare(`UPDATE invoice SET doubted_at = ? WHERE id = ?`).run(now, id);
    const before = row();
    const next = nextState(state, event);
    const body = ['prepare', 'found'].includes(event) ? { requestBody: new Uint8Array([1]) } : {};
    expect(happen({ invoices }, id, event, later, body)?.state).toBe(next);
    if (next) expect(invoices.find(id)).toMatchObject({ state: next, updatedAt: later });
    else expect(row()).toEqual(before);
  });

  it('takes other content only where it may become a draft', () => {
    const { invoices, account, id, row } = openRecordsWithInvoice(state);
    const before = row();
    const changed = digitalInvoice(2, { items: [] });
    const edited = invoices.edit(id, contentOf(changed), later);
    if (['draft', 'prepared', 'rejected'].includes(state)) {
      expect(edited).toMatchObject({
        state: 'draft',
        fields: changed,
        error: null,
        updatedAt: later,
        accountId: account.id,
      });
      expect(invoices.requestBody(id)).toBeUndefined();
    } else {
      expect(edited).toBeUndefined();
      expect(row()).toEqual(before);
      expect(invoices.find(id)?.fields).toEqual(digitalInvoice(1));
    }
  });
});

describe('what a move writes beside the state', () => {
  it('is the exact bytes of the request, which stay until the content changes', () => {
    const { invoices, id } = openRecordsWithInvoice();
    const requestBody = new Uint8Array([0, 255, 13, 10, 0xe5]);
    happen({ invoices }, id, 'prepare', now, { requestBody });
    for (const event of ['send', 'lose', 'ask-again'] as const) happen({ invoices }, id, event, now);
    expect([...(invoices.requestBody(id) ?? [])]).toEqual([...requestBody]);
  });

  it('is the answer of WeChat, and the time of issue', () => {
    const { invoices, id } = openRecordsWithInvoice('sending');
    const answer = { cardCode: '018692165859', openid: 'o1', unionid: 'u1', error: null };
    expect(happen({ invoices }, id, 'accept', later, answer)).toMatchObject({
      state: 'issued',
      cardCode: '018692165859',
      openid: 'o1',
      unionid: 'u1',
      issuedAt: later,
      error: null,
    });
  });

  it('is the reason of a refusal, kept until it is taken away', () => {
    const { invoices, id } = openRecordsWithInvoice('sending');
    const error = appError('wechat.http-status', { status: 502 });
    expect(happen({ invoices }, id, 'refuse', now, { error })?.error).toEqual(error);
    expect(happen({ invoices }, id, 'prepare', now)?.error).toEqual(error);
    expect(happen({ invoices }, id, 'send', now, { error: null })?.error).toBeNull();
  });

  it('is refused by the database itself where a state lacks its request body', () => {
    const { invoices, id, row } = openRecordsWithInvoice();
    const before = row();
    expect(() => happen({ invoices }, id, 'prepare', now)).toThrow('CHECK constraint failed');
    expect(row()).toEqual(before);
  });

  it('is refused by the database itself where a card code comes to an invoice without a card', () => {
    const { database, invoices, id } = openRecordsWithInvoice('sending');
    expect(() => happen({ invoices }, id, 'refuse', now, { cardCode: '1' })).toThrow('CHECK constraint failed');
    expect(invoices.find(id)?.state).toBe('sending');
    expect(() => database.prepare(`UPDATE invoice SET card_code = '1' WHERE id = ?`).run(id)).toThrow(
      'CHECK constraint failed',
    );
  });

  it.each(['draft', 'prepared'] as const)(
    'is refused by the database itself where a card is found of a %s',
    (state) => {
      const { invoices, id, row } = openRecordsWithInvoice(state);
      const before = row();
      expect(() => happen({ invoices }, id, 'found', now, { requestBody: new Uint8Array([1]) })).toThrow(
        'illegal move',
      );
      expect(row()).toEqual(before);
    },
  );

  it('is nothing where the invoice is in another state than the caller believes', () => {
    const { invoices, id, row } = openRecordsWithInvoice('issued');
    const before = row();
    expect(invoices.apply(id, 'sending', 'refuse', now)).toBeUndefined();
    expect(invoices.apply(id, 'unknown', 'absent', now)).toBeUndefined();
    expect(row()).toEqual(before);
  });

  it('is nothing for an invoice that does not exist', () => {
    const { invoices } = openRecordsWithInvoice();
    expect(happen({ invoices }, 99, 'prepare', now)).toBeUndefined();
    expect(invoices.edit(99, contentOf(digitalInvoice(1)), now)).toBeUndefined();
    expect(invoices.removeDraft(99)).toBe(false);
    expect(invoices.find(99)).toBeUndefined();
    expect(invoices.requestBody(99)).toBeUndefined();
  });
});

describe('facts that come later', () => {
  it('are added to an issued invoice, and leave what they do not name', () => {
    const { invoices, id } = openRecordsWithInvoice('issued');
    expect(invoices.addFacts(id, { cardCode: '77', openid: 'o7' }, later)).toMatchObject({
      cardCode: '77',
      openid: 'o7',
    });
    expect(invoices.addFacts(id, { reimburseStatus: 'INVOICE_REIMBURSE_LOCK' }, later)).toMatchObject({
      cardCode: '77',
      openid: 'o7',
      reimburseStatus: 'INVOICE_REIMBURSE_LOCK',
      state: 'issued',
    });
  });

  it.each(invoiceStates.filter((state) => state !== 'issued'))('are not added to one that is %s', (state) => {
    const { invoices, id, row } = openRecordsWithInvoice(state);
    const before = row();
    expect(invoices.addFacts(id, { cardCode: '77' }, later)).toBeUndefined();
    expect(row()).toEqual(before);
  });
});

describe('finding invoices', () => {
  it('by a live card with the same PDF, in the same realm only', () => {
    const { records } = openRecordsInMemory();
    const account = addAccount(records);
    const pdf = addPdf(records, 1);
    const { id } = records.invoices.createDraft(account, contentOf(digitalInvoice(1), { pdfId: pdf.id }), now);
    expect(records.invoices.findLiveByPdf('wechat', pdf.sha256)).toBeUndefined();
    walk(records, id, wayTo.unknown);
    expect(records.invoices.findLiveByPdf('wechat', pdf.sha256)?.id).toBe(id);
    expect(records.invoices.findLiveByPdf('practice', pdf.sha256)).toBeUndefined();
  });

  it('by card code, within the account', () => {
    const { records, invoices, account, id } = openRecordsWithInvoice('issued');
    invoices.addFacts(id, { cardCode: '0077' }, now);
    const other = addAccount(records, 'wechat', 'wxfedcba9876543210');
    expect(invoices.findByCardCode(account.id, '0077')?.id).toBe(id);
    expect(invoices.findByCardCode(account.id, '77')).toBeUndefined();
    expect(invoices.findByCardCode(other.id, '0077')).toBeUndefined();
  });

  it('in pages, newest first, with the total of the filter', () => {
    const { records } = openRecordsInMemory();
    const [one, two] = [addAccount(records), addAccount(records, 'wechat', 'wxfedcba9876543210')];
    const ids = Array.from({ length: 7 }, (_, index) => {
      const account = index < 5 ? one : two;
      return records.invoices.createDraft(account, contentOf(digitalInvoice(index + 1)), now).id;
    });
    walk(records, ids[0] ?? 0, wayTo.issued);
    const list = (filter: object) => {
      const { invoices, total } = records.invoices.list({ limit: 2, ...filter });
      return { ids: invoices.map(({ id }) => id), total };
    };
    expect(list({})).toEqual({ ids: [ids[6], ids[5]], total: 7 });
    expect(list({ accountId: one.id })).toEqual({ ids: [ids[4], ids[3]], total: 5 });
    expect(list({ accountId: one.id, beforeId: ids[3] })).toEqual({ ids: [ids[2], ids[1]], total: 5 });
    expect(list({ state: 'issued' })).toEqual({ ids: [ids[0]], total: 1 });
    expect(list({ accountId: two.id, state: 'issued' })).toEqual({ ids: [], total: 0 });
  });

  it('that were on the wire', () => {
    const { records, invoices, account, id } = openRecordsWithInvoice('sending');
    const other = invoices.createDraft(account, contentOf(digitalInvoice(2)), now);
    walk(records, other.id, wayTo.unknown);
    expect(invoices.sendingIds()).toEqual([id]);
  });
});

describe('an error that is noted', () => {
  it.each(['draft', 'prepared'] as const)('stands beside an invoice that is %s', (state) => {
    const { invoices, id } = openRecordsWithInvoice(state);
    const error = appError('invoice.pdf-missing');
    invoices.noteError(id, error, later);
    expect(invoices.find(id)).toMatchObject({ state, error, updatedAt: later });
  });

  it.each(['sending', 'issued', 'rejected', 'unknown'] as const)('leaves one that is %s as it is', (state) => {
    const { invoices, id, row } = openRecordsWithInvoice(state);
    const before = row();
    invoices.noteError(id, appError('invoice.pdf-missing'), later);
    expect(row()).toEqual(before);
  });
});
