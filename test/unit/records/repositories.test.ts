import { describe, expect, it } from 'vitest';
import { isUniqueViolation, openDatabase } from '../../../electron/records/database.ts';
import { createRecords } from '../../../electron/records/records.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';
import {
  addAccount,
  addPdf,
  addTemplate,
  contentOf,
  later,
  now,
  openRecordsInMemory,
} from '../../support/records-in-memory.ts';

function thrownBy(step: () => unknown): unknown {
  try {
    return step();
  } catch (error) {
    return error;
  }
}

describe('accounts', () => {
  it('are kept as they were created, in that order', () => {
    const { records } = openRecordsInMemory();
    const one = addAccount(records);
    const two = addAccount(records, 'practice', 'wxfedcba9876543210');
    expect(records.accounts.list()).toEqual([one, two]);
    expect(records.accounts.find(two.id)).toEqual({
      id: two.id,
      name: 'practice 1',
      kind: 'practice',
      appid: 'wxfedcba9876543210',
      baseUrl: '',
      colour: 'green',
      platformId: null,
      invoiceUrl: null,
      logoUrl: null,
      customerMustAuthorise: false,
      createdAt: now,
    });
    expect(records.accounts.findByName('wechat 0')).toEqual(one);
    expect(records.accounts.findByName('wechat')).toBeUndefined();
    expect(records.accounts.find(99)).toBeUndefined();
  });

  it('have names of their own', () => {
    const { records } = openRecordsInMemory();
    const { name, kind, appid, baseUrl, colour, createdAt } = addAccount(records);
    const error = thrownBy(() => records.accounts.create({ name, kind, appid, baseUrl, colour, createdAt }));
    expect(isUniqueViolation(error)).toBe(true);
    expect(records.accounts.list()).toHaveLength(1);
  });

  it('learn their platform and whether customers must authorise', () => {
    const { records } = openRecordsInMemory();
    const [{ id }, other] = [addAccount(records), addAccount(records)];
    records.accounts.setPlatform(id, { platformId: 'd3h', invoiceUrl: 'https://mp.weixin.qq.com/x' });
    records.accounts.setCustomerMustAuthorise(id, true);
    expect(records.accounts.find(id)).toMatchObject({
      platformId: 'd3h',
      invoiceUrl: 'https://mp.weixin.qq.com/x',
      customerMustAuthorise: true,
    });
    expect(records.accounts.find(other.id)).toEqual(other);
  });

  it('of another kind than the two are refused by the database itself', () => {
    const { database } = openRecordsInMemory();
    expect(() =>
      database.exec(
        `INSERT INTO account (name, kind, appid, base_url, colour, created_at) VALUES ('x', 'y', '', '', '', '')`,
      ),
    ).toThrow('CHECK constraint failed');
  });
});

describe('templates', () => {
  it('are listed by account', () => {
    const { records } = openRecordsInMemory();
    const [one, two] = [addAccount(records), addAccount(records)];
    const template = addTemplate(records, one.id);
    expect(records.templates.listOfAccount(one.id)).toEqual([template]);
    expect(records.templates.listOfAccount(two.id)).toEqual([]);
    expect(records.templates.find(template.id)).toEqual(template);
    expect(template).toMatchObject({ accountId: one.id, cardId: 'pDe7ajvS2e1x', title: '云杉商贸', createdAt: now });
  });

  it('belong to an account there is', () => {
    const { records } = openRecordsInMemory();
    expect(() => addTemplate(records, 99)).toThrow('FOREIGN KEY constraint failed');
  });

  it('are one for each card of WeChat in an account', () => {
    const { records } = openRecordsInMemory();
    const [one, two] = [addAccount(records), addAccount(records)];
    addTemplate(records, one.id);
    expect(() => addTemplate(records, one.id)).toThrow('UNIQUE');
    expect(addTemplate(records, two.id).cardId).toBe('pDe7ajvS2e1x');
  });
});

describe('PDFs', () => {
  it('are one record for the same content, under the name given last', () => {
    const { records } = openRecordsInMemory();
    const first = addPdf(records, 1);
    const again = records.pdfs.record({ ...first, fileName: '新名字.pdf', createdAt: later });
    expect(again).toEqual({ ...first, fileName: '新名字.pdf' });
    expect(records.pdfs.find(first.id)).toEqual(again);
    expect(addPdf(records, 2).id).not.toBe(first.id);
  });

  it('have an upload while it lives beyond the moment asked for, the longest-lived first', () => {
    const { records } = openRecordsInMemory();
    const [account, other] = [addAccount(records), addAccount(records)];
    const [pdf, otherPdf] = [addPdf(records, 1), addPdf(records, 2)];
    const upload = { accountId: account.id, pdfId: pdf.id, uploadedAt: now };
    records.pdfs.recordUpload({ ...upload, mediaId: '75063038269520002', expiresAt: '2026-11-26T02:00:00.000Z' });
    records.pdfs.recordUpload({ ...upload, mediaId: '18446744073709551615', expiresAt: '2026-11-27T02:00:00.000Z' });
    const longest = { mediaId: '18446744073709551615', expiresAt: '2026-11-27T02:00:00.000Z' };
    expect(records.pdfs.findUpload(account.id, pdf.id, now)).toEqual(longest);
    expect(records.pdfs.findUpload(account.id, pdf.id, '2026-11-27T01:59:59.999Z')).toEqual(longest);
    expect(records.pdfs.findUpload(account.id, pdf.id, '2026-11-27T02:00:00.000Z')).toBeUndefined();
    expect(records.pdfs.findUpload(other.id, pdf.id, now)).toBeUndefined();
    expect(records.pdfs.findUpload(account.id, otherPdf.id, now)).toBeUndefined();
  });
});

describe('attempts', () => {
  function openWithInvoice() {
    const { database, records } = openRecordsInMemory();
    const { id } = records.invoices.createDraft(addAccount(records), contentOf(digitalInvoice(1)), now);
    return { database, attempts: records.attempts, id };
  }

  it('run until they are finished, once', () => {
    const { attempts, id } = openWithInvoice();
    const attempt = attempts.startInsert(id, 'A1', now);
    const running = {
      id: attempt,
      call: 'insert',
      startedAt: now,
      finishedAt: null,
      outcome: 'running',
      errcode: null,
      errmsg: null,
    };
    expect(attempts.listOfInvoice(id)).toEqual([running]);
    attempts.finish(attempt, later, { outcome: 'refused', errcode: 72_038, errmsg: 'order not authorised rid: 1' });
    const finished = {
      ...running,
      finishedAt: later,
      outcome: 'refused',
      errcode: 72_038,
      errmsg: 'order not authorised rid: 1',
    };
    expect(attempts.listOfInvoice(id)).toEqual([finished]);
    attempts.finish(attempt, later, { outcome: 'done' });
    expect(attempts.listOfInvoice(id)).toEqual([finished]);
  });

  it('left running by a program that ended are unknown, and not sent where nothing hangs on it', () => {
    const { attempts, id } = openWithInvoice();
    attempts.start(id, 'setpdf', now);
    attempts.startInsert(id, 'A1', now);
    attempts.start(id, 'updatestatus', now);
    attempts.finish(attempts.startInsert(id, 'A1', now), now, { outcome: 'done' });
    expect(attempts.abandonRunning(later)).toBe(3);
    expect(attempts.listOfInvoice(id).map(({ outcome }) => outcome)).toEqual([
      'not-sent',
      'unknown',
      'unknown',
      'done',
    ]);
    expect(attempts.abandonRunning(later)).toBe(0);
  });

  it('are made for an invoice there is', () => {
    const { attempts } = openWithInvoice();
    expect(() => attempts.start(99, 'setpdf', now)).toThrow('FOREIGN KEY constraint failed');
  });
});

describe('status events', () => {
  const event = {
    invoiceId: null,
    event: 'update_invoice_status',
    cardId: 'p1',
    code: '0186921658591',
    orderId: '',
    status: 'INVOICE_REIMBURSE_LOCK',
    openid: 'o1',
    createTime: 1_795_399_200,
    source: 'push',
    authenticated: true,
    receivedAt: now,
    raw: '<xml/>',
  } as const;

  it('are stored once for each key', () => {
    const { records } = openRecordsInMemory();
    const { id: accountId } = addAccount(records);
    const stored = records.events.record({ ...event, accountId, dedupeKey: 'k1' });
    const { raw: _raw, ...shown } = event;
    expect(stored).toEqual({ id: 1, accountId, ...shown });
    expect(
      records.events.record({ ...event, accountId, dedupeKey: 'k1', status: 'INVOICE_REIMBURSE_INIT' }),
    ).toBeUndefined();
    expect(records.events.record({ ...event, accountId, dedupeKey: 'k2', authenticated: false })).toMatchObject({
      authenticated: false,
    });
    expect(records.events.list({ accountId, limit: 10 }).map(({ id }) => id)).toEqual([2, 1]);
    expect(records.events.list({ limit: 1 })).toHaveLength(1);
  });

  it('of an invoice are in the order in which WeChat made them', () => {
    const { records } = openRecordsInMemory();
    const account = addAccount(records);
    const { id: invoiceId } = records.invoices.createDraft(account, contentOf(digitalInvoice(1)), now);
    for (const [dedupeKey, createTime] of [
      ['late', 30],
      ['early', 10],
      ['same', 10],
    ] as const)
      records.events.record({ ...event, accountId: account.id, invoiceId, dedupeKey, createTime, code: dedupeKey });
    expect(records.events.listOfInvoice(invoiceId).map(({ code }) => code)).toEqual(['early', 'same', 'late']);
    expect(records.events.list({ accountId: 99, limit: 10 })).toEqual([]);
  });
});

describe('settings', () => {
  const defaults = { language: 'zh-CN', theme: 'system', currentAccountId: null };

  it('are the defaults until they are changed, each for itself', () => {
    const { records } = openRecordsInMemory();
    expect(records.settings.read()).toEqual(defaults);
    expect(records.settings.write({ language: 'en' })).toEqual({ ...defaults, language: 'en' });
    expect(records.settings.write({ theme: 'dark', currentAccountId: 3, language: undefined })).toEqual({
      language: 'en',
      theme: 'dark',
      currentAccountId: 3,
    });
    expect(records.settings.write({ currentAccountId: null })).toMatchObject({ currentAccountId: null });
  });

  it.each([
    ['that is not JSON', '{'],
    ['that is empty', ''],
    ['of another kind', '7'],
    ['of another version', '"martian"'],
  ])('with a value %s have the default in its place, and the others as they were', (_name, value) => {
    const { database, records } = openRecordsInMemory();
    records.settings.write({ theme: 'dark', language: 'en' });
    database.prepare(`UPDATE setting SET value = ? WHERE key = 'language'`).run(value);
    expect(records.settings.read()).toEqual({ ...defaults, theme: 'dark' });
    expect(records.settings.write({ language: 'en' })).toEqual({ ...defaults, theme: 'dark', language: 'en' });
  });

  it('leave out a setting they do not know', () => {
    const { database, records } = openRecordsInMemory();
    database.exec(`INSERT INTO setting VALUES ('fontSize', '14')`);
    expect(records.settings.read()).toEqual(defaults);
  });
});

describe('a transaction of several steps', () => {
  it('leaves nothing behind when one of them throws', () => {
    const { records } = openRecordsInMemory();
    expect(() =>
      records.inTransaction(() => {
        addAccount(records);
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(records.accounts.list()).toEqual([]);
  });
});

describe('the version of SQLite', () => {
  it('is one without the fault in which two connections at a checkpoint damage the file (3.51.3)', () => {
    const opened = openDatabase(':memory:');
    if (!opened.ok) throw new Error(opened.error.code);
    const [major = 0, minor = 0, patch = 0] = createRecords(opened.value).sqliteVersion().split('.').map(Number);
    expect(major * 1_000_000 + minor * 1000 + patch).toBeGreaterThanOrEqual(3_051_003);
    opened.value.close();
  });
});
