import { describe, expect, it } from 'vitest';
import { digitalInvoice, olderInvoice } from '../../support/app-invoices.ts';
import { happen } from '../../support/happen.ts';
import { addAccount, contentOf, now, openRecordsWithInvoice, walk, wayTo } from '../../support/records-in-memory.ts';

describe('one order is one card', () => {
  it.each(['prepared', 'sending', 'issued', 'unknown'] as const)(
    'a second one is refused beside one that is %s',
    (state) => {
      const { invoices, account, id } = openRecordsWithInvoice(state);
      const twin = invoices.createDraft(account, contentOf(olderInvoice(5, { orderId: 'ORDER-1' })), now);
      expect(() => happen({ invoices }, twin.id, 'prepare', now, { requestBody: new Uint8Array([1]) })).toThrow(
        'UNIQUE',
      );
      expect(invoices.find(twin.id)?.state).toBe('draft');
      expect(invoices.findByOrder(account, 'ORDER-1')?.id).toBe(id);
    },
  );

  it.each(['draft', 'rejected'] as const)('a second one goes on beside one that is %s', (state) => {
    const { records, invoices, account } = openRecordsWithInvoice(state);
    const second = invoices.createDraft(account, contentOf(digitalInvoice(1)), now);
    expect(walk(records, second.id, wayTo.issued).state).toBe('issued');
    expect(invoices.findByOrder(account, 'ORDER-1')?.id).toBe(second.id);
  });

  it('and the rejected one can then never become a card beside it', () => {
    const { records, invoices, account, id } = openRecordsWithInvoice('rejected');
    const second = invoices.createDraft(account, contentOf(digitalInvoice(1)), now);
    walk(records, second.id, wayTo.issued);
    expect(() => happen({ invoices }, id, 'prepare', now)).toThrow('UNIQUE');
    expect(() => happen({ invoices }, id, 'found', now)).toThrow('UNIQUE');
  });

  it('for each appid', () => {
    const { records, invoices } = openRecordsWithInvoice('issued');
    const other = addAccount(records, 'wechat', 'wxfedcba9876543210');
    const { id } = invoices.createDraft(other, contentOf(olderInvoice(5, { orderId: 'ORDER-1' })), now);
    expect(walk(records, id, wayTo.issued).state).toBe('issued');
    expect(invoices.findByOrder(other, 'ORDER-1')?.id).toBe(id);
  });

  it('while practice with the same appid, order and number does not stand in the way of the real card', () => {
    const { records, invoices, account, id: realId } = openRecordsWithInvoice('issued');
    const practice = addAccount(records, 'practice', account.appid);
    const { id } = invoices.createDraft(practice, contentOf(digitalInvoice(1)), now);
    expect(walk(records, id, wayTo.issued).state).toBe('issued');
    expect(invoices.findByOrder(practice, 'ORDER-1')?.id).toBe(id);
    expect(invoices.findByOrder(account, 'ORDER-1')?.id).toBe(realId);
    const { billingCode, billingNo } = digitalInvoice(1);
    expect(invoices.findLiveByNumber('practice', billingCode, billingNo)?.id).toBe(id);
    expect(invoices.findLiveByNumber('wechat', billingCode, billingNo)?.id).toBe(realId);
  });
});

describe('one invoice number is one card', () => {
  it.each(['prepared', 'sending', 'issued', 'unknown'] as const)(
    'a second one is refused beside one that is %s',
    (state) => {
      const { records, invoices, id } = openRecordsWithInvoice(state);
      // Even for another merchant: the number is the tax administration's.
      const other = addAccount(records, 'wechat', 'wxfedcba9876543210');
      const twin = invoices.createDraft(other, contentOf(digitalInvoice(1, { orderId: 'OTHER' })), now);
      expect(() => happen({ invoices }, twin.id, 'prepare', now, { requestBody: new Uint8Array([1]) })).toThrow(
        'UNIQUE',
      );
      expect(invoices.findLiveByNumber('wechat', '', digitalInvoice(1).billingNo)?.id).toBe(id);
    },
  );

  it('a second one goes on after the first was rejected', () => {
    const { records, invoices, account } = openRecordsWithInvoice('rejected');
    const { billingNo } = digitalInvoice(1);
    expect(invoices.findLiveByNumber('wechat', '', billingNo)).toBeUndefined();
    const second = invoices.createDraft(account, contentOf(digitalInvoice(1, { orderId: 'OTHER' })), now);
    expect(walk(records, second.id, wayTo.issued).state).toBe('issued');
  });

  it('and the same number under another code is another invoice', () => {
    const { records, invoices, account } = openRecordsWithInvoice();
    const one = invoices.createDraft(
      account,
      contentOf(olderInvoice(1, { orderId: 'A', billingCode: '031002600111' })),
      now,
    );
    const two = invoices.createDraft(
      account,
      contentOf(olderInvoice(1, { orderId: 'B', billingCode: '031002600112' })),
      now,
    );
    walk(records, one.id, wayTo.issued);
    expect(walk(records, two.id, wayTo.issued).state).toBe('issued');
  });
});
