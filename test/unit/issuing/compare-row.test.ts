import { describe, expect, test } from 'vitest';
import { compareRow } from '../../../electron/issuing/compare-row.ts';
import type { InvoiceFields } from '../../../shared/invoice/invoice.ts';
import { type InvoiceState, invoiceStates } from '../../../shared/invoice/state.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';
import { addAccount, contentOf, now, openRecordsWithInvoice, walk, wayTo } from '../../support/records-in-memory.ts';

/** The record is `ORDER-1` with the number of serial 1. */
function compare(state: InvoiceState, changes: Partial<InvoiceFields>, isVoided = false) {
  const { records, account, id } = openRecordsWithInvoice(state);
  if (isVoided) records.invoices.addFacts(id, { reimburseStatus: 'INVOICE_REIMBURSE_CANCEL' }, now);
  const { existing, findings, ...rest } = compareRow(records, account, digitalInvoice(1, changes));
  return { ...rest, existing: existing?.id, findings: findings.map(({ code, severity }) => `${severity} ${code}`) };
}

const fixed: readonly InvoiceState[] = ['issued', 'sending', 'unknown'];
const open = invoiceStates.filter((state) => !fixed.includes(state));

describe('a row of a table, against the records', () => {
  test('is new where neither its order nor its number is known', () => {
    const { records, account } = openRecordsWithInvoice('issued');
    const compared = compareRow(records, account, digitalInvoice(2));
    expect(compared).toEqual({ change: 'new', changedFields: [], existing: undefined, findings: [] });
  });

  test.each(invoiceStates)('is unchanged where the record of its order says the same, %s', (state) => {
    expect(compare(state, {})).toEqual({ change: 'unchanged', changedFields: [], existing: 1, findings: [] });
  });

  test.each(open)('changes a record without a card, naming the fields in the order of the form, %s', (state) => {
    const items = [{ name: '另一项', num: 1, unit: '', priceFen: 100 }];
    expect(compare(state, { items, title: '另一家公司', remarks: '改', billingNo: '26312000000000000009' })).toEqual({
      change: 'changed',
      changedFields: ['title', 'billingNo', 'remarks', 'items'],
      existing: 1,
      findings: [],
    });
  });

  test.each(fixed)('conflicts with a record that may have a card, %s', (state) => {
    expect(compare(state, { title: '另一家公司' })).toEqual({
      change: 'conflicting',
      changedFields: ['title'],
      existing: 1,
      findings: ['fault row.conflicts-with-record'],
    });
  });

  test.each(fixed)('with another invoice for an order that may have a card needs another order, %s', (state) => {
    expect(compare(state, { billingNo: '26312000000000000009' })).toMatchObject({
      change: 'conflicting',
      findings: ['fault row.order-has-other-invoice'],
    });
  });

  test('re-issued after voiding needs another order; the voided invoice itself is only told of', () => {
    const reissued = { billingNo: '26312000000000000009', feeFen: 1, feeWithoutTaxFen: 1, taxFen: 0 };
    expect(compare('issued', reissued, true)).toMatchObject({
      change: 'conflicting',
      changedFields: ['feeFen', 'feeWithoutTaxFen', 'taxFen', 'billingNo'],
      findings: ['fault row.order-voided'],
    });
    expect(compare('issued', {}, true)).toMatchObject({
      change: 'unchanged',
      findings: ['warning row.card-voided'],
    });
  });

  test('conflicts with a draft that may have been sent before a restore', () => {
    const { records, database, account } = openRecordsWithInvoice('draft');
    database.exec(`UPDATE invoice SET doubted_at = '${now}'`);
    expect(compareRow(records, account, digitalInvoice(1, { title: '另一家公司' }))).toMatchObject({
      change: 'conflicting',
      findings: [
        {
          code: 'row.conflicts-with-record',
          text: { zhCN: expect.stringContaining('（购买方名称）'), en: expect.stringContaining('(Buyer name)') },
        },
      ],
    });
    expect(compareRow(records, account, digitalInvoice(1))).toMatchObject({ change: 'unchanged', findings: [] });
  });

  test('the order it is told to take is the first that is free', () => {
    const { records, account } = openRecordsWithInvoice('issued');
    const cureOf = () =>
      compareRow(records, account, digitalInvoice(1, { billingNo: '26312000000000000009' })).findings[0]?.cure;
    expect(cureOf()?.zhCN).toContain('ORDER-1-1。');
    expect(cureOf()?.en).toContain('ORDER-1-1.');
    records.invoices.createDraft(account, contentOf(digitalInvoice(2, { orderId: 'ORDER-1-1' })), now);
    expect(cureOf()?.zhCN).toContain('ORDER-1-2。');
  });

  test.each(['prepared', ...fixed] as const)('with a number that another order has used conflicts, %s', (state) => {
    expect(compare(state, { orderId: 'ORDER-9' })).toEqual({
      change: 'conflicting',
      changedFields: [],
      existing: undefined,
      findings: ['fault row.number-used'],
    });
  });

  test('may take the number of a draft, which is nowhere but here', () => {
    expect(compare('draft', { orderId: 'ORDER-9' })).toMatchObject({ change: 'new', findings: [] });
  });

  test('changing a draft to a number that is used conflicts, too', () => {
    const { records, account } = openRecordsWithInvoice('issued');
    records.invoices.createDraft(account, contentOf(digitalInvoice(2)), now);
    const { billingNo } = digitalInvoice(1);
    const compared = compareRow(records, account, digitalInvoice(2, { billingNo }));
    expect(compared).toMatchObject({ change: 'conflicting', changedFields: ['billingNo'] });
    expect(compared.findings[0]?.text.zhCN).toContain('ORDER-1');
  });

  test('of a practice account never meets a real one, nor another account’s order', () => {
    const { records } = openRecordsWithInvoice('issued');
    const practice = addAccount(records, 'practice');
    expect(compareRow(records, practice, digitalInvoice(1)).change).toBe('new');
    const other = addAccount(records, 'wechat', 'wxfedcba9876543210');
    const { id } = records.invoices.createDraft(other, contentOf(digitalInvoice(7)), now);
    walk(records, id, wayTo.issued);
    // An invoice is one card, whichever account puts it there.
    expect(compareRow(records, other, digitalInvoice(1)).findings[0]?.code).toBe('row.number-used');
  });
});
