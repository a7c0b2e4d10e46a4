import type { Bridge } from '../../renderer/api/bridge.ts';
import type { Account, Template } from '../../shared/contract/account-operations.ts';
import type { DoctorFinding, Settings } from '../../shared/contract/app-operations.ts';
import type { Backup } from '../../shared/contract/backup-operations.ts';
import { contract, type Handlers, isOperationName, type OutputOf } from '../../shared/contract/contract.ts';
import type { EventMap, EventName } from '../../shared/contract/events.ts';
import type { Buyer, Invoice, StoredPdf } from '../../shared/contract/invoice-operations.ts';
import type { Overview } from '../../shared/contract/overview-operations.ts';
import type { Extraction, PdfFields } from '../../shared/contract/pdf-operations.ts';
import type { RecordLayout, RecordRow } from '../../shared/contract/record-operations.ts';
import type { Relay, UnreadPush } from '../../shared/contract/relay-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import type { Finding } from '../../shared/invoice/findings.ts';
import { emptyInvoiceFields } from '../../shared/invoice/invoice.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type AboutWorld, createAboutHandlers, fakeUpdate } from './fake-about.ts';
import { createOrderHandlers, type OrderWorld } from './fake-orders.ts';

const platformId = 'd3hfMDEyMzQ1Njc4OWFiY2RlZl8';
const createdAt = '2026-11-23T02:00:00.000Z';

export function fakeAccount(part: Partial<Account> = {}): Account {
  return {
    id: 1,
    name: '青禾茶叶',
    kind: 'practice',
    appid: 'wx0123456789abcdef',
    baseUrl: 'http://127.0.0.1:1',
    colour: 'blue',
    platformId: null,
    invoiceUrl: null,
    logoUrl: null,
    secretPlace: 'practice',
    createdAt,
    ...part,
  };
}

export function fakeTemplate(part: Partial<Template> = {}): Template {
  return {
    id: 1,
    accountId: 1,
    cardId: 'pjZ8Yt9WoOePThU0NfUKz5-tBEWU',
    payee: '杭州青禾茶叶有限公司',
    type: '电子发票（普通发票）',
    title: '青禾茶叶',
    logoUrl: 'https://mmbiz.qpic.cn/mmbiz_png/practice/0',
    customUrlName: '再来一单',
    customUrl: 'https://example.com/shop',
    customUrlSubTitle: '新茶上市',
    promotionUrlName: '',
    promotionUrl: '',
    promotionUrlSubTitle: '',
    createdAt,
    archivedAt: null,
    ...part,
  };
}

const nothingIssued = { count: 0, feeFen: 0, taxFen: 0, rejected: 0 };

/** The overview of an account that has issued nothing and has nothing to do. */
export function fakeOverview(part: Partial<Overview> = {}): Overview {
  return {
    today: nothingIssued,
    month: nothingIssued,
    days: [{ day: '2026-11-23', count: 0, feeFen: 0 }],
    todo: { needsYou: 0, rejected: 0, drafts: 0, expiring: 0, ordersToIssue: 0, ordersRejecting: 0 },
    expiring: [],
    batches: [],
    ...part,
  };
}

export function fakeBackup(part: Partial<Backup> = {}): Backup {
  return {
    name: '20261123T020000000Z-by-hand-v4-i12-s10-u1-e3.db',
    reason: 'by-hand',
    createdAt,
    sizeBytes: 2_500_000,
    counts: { invoices: 12, issued: 10, unknown: 1, events: 3 },
    schemaVersion: 4,
    ...part,
  };
}

export function fakeInvoice(part: Partial<Invoice> = {}): Invoice {
  return {
    id: 1,
    accountId: 1,
    templateId: 1,
    batchId: null,
    state: 'draft',
    fields: emptyInvoiceFields(),
    pdf: null,
    tripPdf: null,
    cardCode: null,
    openid: null,
    unionid: null,
    reimburseStatus: null,
    error: null,
    doubtedAt: null,
    createdAt,
    updatedAt: createdAt,
    issuedAt: null,
    ...part,
  };
}

/** The relay of the first account, through which pushes come in as they arrive. */
export function fakeRelay(part: Partial<Relay> = {}): Relay {
  return {
    accountId: 1,
    relayUrl: 'https://relay.example.com',
    channel: 'qinghe',
    secretPlace: 'keychain',
    carriesCalls: false,
    pairedAt: createdAt,
    state: 'live',
    since: '2026-11-24T01:00:00.000Z',
    error: null,
    lastEventAt: '2026-11-24T02:00:00.000Z',
    lagSeconds: 0.42,
    unread: 0,
    resetAt: null,
    ...part,
  };
}

/** A push that the keys did not fit. */
export function fakeUnreadPush(part: Partial<UnreadPush> = {}): UnreadPush {
  return {
    id: 1,
    accountId: 1,
    receivedAt: '2026-11-24T02:00:00.000Z',
    reason: appError('push.decrypt-failed', { reason: 'padding' }),
    ...part,
  };
}

const nothingRead: PdfFields = {
  title: null,
  feeFen: null,
  feeWithoutTaxFen: null,
  taxFen: null,
  billingTime: null,
  billingNo: null,
  billingCode: null,
  checkCode: null,
  buyerNumber: null,
  buyerAddressAndPhone: null,
  buyerBankAccount: null,
  sellerName: null,
  sellerNumber: null,
  sellerAddressAndPhone: null,
  sellerBankAccount: null,
  remarks: null,
  cashier: null,
  maker: null,
  type: null,
};

/** What is read out of a PDF; nothing where nothing is given. */
export function fakeExtraction(fields: Partial<PdfFields> = {}, part: Partial<Extraction> = {}): Extraction {
  return {
    kind: 'digital',
    isRedLetter: false,
    fields: { ...nothingRead, ...fields },
    lines: [],
    items: [],
    findings: [],
    pages: { count: 1, read: 1 },
    ...part,
  };
}

/** How the next issuing ends. */
export type IssueEnd =
  | { readonly kind: 'issued'; readonly cardCode: string | null }
  | { readonly kind: 'rejected'; readonly error: AppError }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-sent'; readonly error: AppError };

export interface FakeWorld extends OrderWorld, AboutWorld {
  /** What lay on the desk of every account when the program ended. */
  desk: OutputOf<'desk.read'>;
  settings: Settings;
  accounts: Account[];
  templates: Template[];
  invoices: Invoice[];
  /** What `invoice.check` says belongs to other invoices. */
  taken: Finding[];
  buyers: Buyer[];
  /** What the dialog of `file.choose` answers with; null: cancelled. */
  chosen: File | null;
  issueEnd: IssueEnd;
  overview: Overview;
  backups: Backup[];
  pendingRestore: string | null;
  findings: DoctorFinding[];
  layout: RecordLayout;
  relays: Relay[];
  unreadPushes: UnreadPush[];
  /** The next answer of an operation, in place of its own. */
  failures: Map<string, AppError>;
  /** Handlers of a test's own, in place of those here. */
  handlers: Partial<Handlers>;
}

export interface FakeBridge {
  readonly bridge: Bridge;
  readonly world: FakeWorld;
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
  readonly emit: <Name extends EventName>(name: Name, payload: EventMap[Name]) => void;
}

const issuedEnd: IssueEnd = { kind: 'issued', cardCode: '018692165859' };

function settle(
  invoice: Invoice,
  end: IssueEnd,
): { readonly invoice: Invoice; readonly answer: Result<Invoice, AppError> } {
  const done = (part: Partial<Invoice>): Invoice => ({ ...invoice, error: null, ...part });
  switch (end.kind) {
    case 'issued': {
      const issued = done({
        state: 'issued',
        cardCode: end.cardCode,
        openid: 'ojZ8Ytz4lESgxgT1R1TvB2Kds',
        issuedAt: createdAt,
      });
      return { invoice: issued, answer: ok(issued) };
    }
    case 'rejected':
      return { invoice: done({ state: 'rejected', error: end.error }), answer: fail(end.error) };
    case 'not-sent':
      return { invoice: done({ state: 'prepared' }), answer: fail(end.error) };
    case 'unknown': {
      const error = appError('issue.outcome-unknown', { reason: 'timeout' });
      return { invoice: done({ state: 'unknown', error }), answer: fail(error) };
    }
  }
}

/** A search without an index and without an order of its own: newest first. */
export function findRecords(
  invoices: readonly Invoice[],
  {
    text,
    state,
    accountId,
    needsYou,
  }: {
    readonly text: string;
    readonly state?: Invoice['state'] | undefined;
    readonly accountId?: number | undefined;
    readonly needsYou: boolean;
  },
): RecordRow[] {
  const isNeeded = (one: Invoice) => one.state === 'rejected' || one.state === 'unknown' || one.doubtedAt !== null;
  return invoices
    .filter(({ fields }) => `${fields.title} ${fields.billingNo} ${fields.orderId}`.includes(text))
    .filter((one) => (state === undefined || one.state === state) && (!needsYou || isNeeded(one)))
    .filter((one) => accountId === undefined || one.accountId === accountId)
    .map((one) => ({
      id: one.id,
      accountId: one.accountId,
      templateId: one.templateId,
      state: one.state,
      needsYou: isNeeded(one),
      orderId: one.fields.orderId,
      title: one.fields.title,
      feeFen: one.fields.feeFen,
      feeWithoutTaxFen: one.fields.feeWithoutTaxFen,
      taxFen: one.fields.taxFen,
      billingTime: one.fields.billingTime,
      billingNo: one.fields.billingNo,
      billingCode: one.fields.billingCode,
      buyerNumber: one.fields.buyerNumber,
      remarks: one.fields.remarks,
      cardCode: one.cardCode,
      reimburseStatus: one.reimburseStatus,
      createdAt: one.createdAt,
      issuedAt: one.issuedAt,
    }))
    .sort((one, other) => other.id - one.id);
}

/** A main process that lives in the page: the contract's handlers over plain arrays. */
export function createFakeBridge(start: Partial<FakeWorld> = {}): FakeBridge {
  const world: FakeWorld = {
    settings: { language: 'zh-CN', theme: 'light', currentAccountId: null },
    accounts: [],
    templates: [],
    invoices: [],
    taken: [],
    buyers: [],
    desk: {
      table: null,
      folder: null,
      templateId: null,
      encoding: null,
      columns: null,
      edits: [],
      gone: [],
      tableChanged: false,
    },
    chosen: null,
    issueEnd: issuedEnd,
    overview: fakeOverview(),
    backups: [],
    pendingRestore: null,
    licences: [],
    update: fakeUpdate({ stage: 'off', offReason: 'not-packaged' }),
    findings: [],
    layout: { columns: [], views: [] },
    relays: [],
    unreadPushes: [],
    orders: [],
    contact: { phone: '0571-88001122', timeOutSeconds: 86_400 },
    authFields: null,
    failures: new Map(),
    handlers: {},
    ...start,
  };
  const calls: { name: string; input: unknown }[] = [];
  const files = new Map<string, File>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const emit: FakeBridge['emit'] = (name, payload) => {
    // Listeners were put under the name of the event whose payload they take.
    for (const listener of listeners.get(name) ?? []) (listener as (value: typeof payload) => void)(payload);
  };

  const admit = (file: File) => {
    const token = `file_${String(files.size + 1).padStart(16, '0')}`;
    files.set(token, file);
    return { token, name: file.name, sizeBytes: file.size };
  };
  const stored = (token: string): StoredPdf => {
    const file = files.get(token);
    return {
      id: [...files.keys()].indexOf(token) + 1,
      sha256: token.padEnd(64, '0'),
      fileName: file?.name ?? '',
      sizeBytes: file?.size ?? 0,
    };
  };
  const pdfOf = (token: string | null | undefined, before: StoredPdf | null) =>
    token === undefined ? before : token === null ? null : stored(token);
  const put = (invoice: Invoice) => {
    world.invoices = [...world.invoices.filter(({ id }) => id !== invoice.id), invoice];
    emit('record.changed', { kind: 'invoice', id: invoice.id });
  };
  const finish = async (invoiceId: number, end: IssueEnd): Promise<Result<Invoice, AppError>> => {
    const invoice = world.invoices.find(({ id }) => id === invoiceId);
    if (!invoice) return fail(appError('invoice.not-found'));
    const settled = settle(invoice, end);
    put(settled.invoice);
    return settled.answer;
  };
  const changeAccount = (id: number, part: Partial<Account>): Account | undefined => {
    world.accounts = world.accounts.map((account) => (account.id === id ? { ...account, ...part } : account));
    emit('record.changed', { kind: 'account', id });
    return world.accounts.find((account) => account.id === id);
  };
  const changeRelay = (accountId: number, part: Partial<Relay>): Relay | undefined => {
    world.relays = world.relays.map((relay) => (relay.accountId === accountId ? { ...relay, ...part } : relay));
    emit('record.changed', { kind: 'relay', id: accountId });
    return world.relays.find((relay) => relay.accountId === accountId);
  };
  const notHere = async () => fail(appError('operation.unknown', { name: 'not part of the fake' }));

  const handlers: Handlers = {
    'app.info': async () =>
      ok({
        version: '0.1.0',
        node: '24.0.0',
        electron: '43.0.0',
        sqlite: '3.50.0',
        dataFolder: '/home/shop/fapiao-desk',
        practiceUrl: null,
      }),
    'app.doctor': async () =>
      ok({ findings: world.findings, healthy: world.findings.every(({ state }) => state !== 'bad') }),
    'settings.read': async () => ok(world.settings),
    'settings.write': async (change) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      world.settings = { ...world.settings, ...given };
      emit('record.changed', { kind: 'settings', id: 0 });
      return ok(world.settings);
    },
    'file.choose': async () => ok({ file: world.chosen ? admit(world.chosen) : null }),
    'file.read': async ({ file: token }) => {
      const file = files.get(token);
      if (!file) return fail(appError('file.token-unknown'));
      return ok({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
    },
    'account.list': async () => ok({ accounts: world.accounts }),
    'account.create': async ({ name, kind, appid, colour }) => {
      if (world.accounts.some((account) => account.name === name))
        return fail(appError('account.name-taken', { account: name }));
      const account = fakeAccount({
        id: world.accounts.length + 1,
        name,
        kind,
        colour: colour ?? 'green',
        appid: appid ?? 'wxfeedfeedfeedfeed',
        secretPlace: kind === 'practice' ? 'practice' : 'missing',
      });
      world.accounts = [...world.accounts, account];
      emit('record.changed', { kind: 'account', id: account.id });
      return ok(account);
    },
    'account.check': async () => ok({ tokenExpiresInSeconds: 7200, contact: world.contact }),
    'credentials.save': async ({ accountId }) => {
      world.accounts = world.accounts.map((account) =>
        account.id === accountId ? { ...account, secretPlace: 'keychain' } : account,
      );
      emit('record.changed', { kind: 'account', id: accountId });
      return ok({ secretPlace: 'keychain' });
    },
    'credentials.clear': async ({ accountId }) => {
      changeAccount(accountId, { secretPlace: 'missing' });
      return ok({ secretPlace: 'missing' });
    },
    'account.update': async ({ accountId, name, colour }) => {
      if (world.accounts.some((account) => account.name === name && account.id !== accountId))
        return fail(appError('account.name-taken', { account: name ?? '' }));
      const account = changeAccount(accountId, { ...(name ? { name } : {}), ...(colour ? { colour } : {}) });
      return account ? ok(account) : fail(appError('account.not-found', { account: String(accountId) }));
    },
    'platform.obtainId': async ({ accountId }) => {
      changeAccount(accountId, {
        platformId,
        invoiceUrl: `https://mp.weixin.qq.com/bizmall/invoice?s_pappid=${platformId}`,
      });
      return ok({ platformId, invoiceUrl: 'https://mp.weixin.qq.com/', prefix: 'matches' });
    },
    'logo.upload': async ({ accountId }) => {
      const url = 'https://mmbiz.qpic.cn/mmbiz_png/uploaded/0';
      changeAccount(accountId, { logoUrl: url });
      return ok({ url });
    },
    'template.archive': async ({ templateId, archived }) => {
      const known = world.templates.find(({ id }) => id === templateId);
      if (!known) return fail(appError('template.not-found'));
      const template = { ...known, archivedAt: archived ? createdAt : null };
      world.templates = world.templates.map((one) => (one.id === templateId ? template : one));
      emit('record.changed', { kind: 'template', id: templateId });
      return ok(template);
    },
    'folder.open': async () => ok({}),
    'log.read': async () => ok({ text: '[2026-11-23T02:00:00.000Z] [info] {"event":"backup.made"}' }),
    'diagnostics.save': async () => ok({ name: 'diagnostics.txt' }),
    'overview.read': async () => ok(world.overview),
    'overview.hasIssued': async () => ok({ hasIssued: world.invoices.some(({ state }) => state === 'issued') }),
    'template.list': async ({ accountId }) =>
      ok({ templates: world.templates.filter((template) => template.accountId === accountId) }),
    'template.create': async ({ accountId, content }) => {
      const template = fakeTemplate({ ...content, accountId, id: world.templates.length + 1 });
      world.templates = [...world.templates, template];
      emit('record.changed', { kind: 'template', id: template.id });
      return ok(template);
    },
    'practice.configure': notHere,
    'practice.authorise': notHere,
    'pdf.upload': notHere,
    'pdf.query': notHere,
    'pdf.extract': async () => ok(fakeExtraction()),
    'invoice.check': async () => ok({ findings: [], taken: world.taken }),
    'buyer.suggest': async ({ text }) => ok({ buyers: world.buyers.filter(({ title }) => title.includes(text)) }),
    'invoice.saveDraft': async ({ invoiceId, accountId, templateId, fields, pdf, tripPdf }) => {
      const before = world.invoices.find(({ id }) => id === invoiceId);
      const invoice = fakeInvoice({
        id: before?.id ?? world.invoices.length + 1,
        accountId,
        templateId,
        fields,
        pdf: pdfOf(pdf, before?.pdf ?? null),
        tripPdf: pdfOf(tripPdf, before?.tripPdf ?? null),
      });
      put(invoice);
      return ok(invoice);
    },
    'invoice.removeDraft': async ({ invoiceId }) => {
      world.invoices = world.invoices.filter(({ id }) => id !== invoiceId);
      return ok({});
    },
    'invoice.issue': ({ invoiceId }) => finish(invoiceId, world.issueEnd),
    'invoice.askAgain': ({ invoiceId }) => finish(invoiceId, world.issueEnd),
    'invoice.settle': async ({ invoiceId, outcome, cardCode }) => {
      if (outcome === 'found') return finish(invoiceId, { kind: 'issued', cardCode: cardCode ?? null });
      const invoice = world.invoices.find(({ id }) => id === invoiceId);
      if (!invoice) return fail(appError('invoice.not-found'));
      const prepared: Invoice = { ...invoice, state: 'prepared', error: null };
      put(prepared);
      return ok(prepared);
    },
    'invoice.get': async ({ invoiceId }) => {
      const invoice = world.invoices.find(({ id }) => id === invoiceId);
      return invoice ? ok({ invoice, attempts: [], statusEvents: [] }) : fail(appError('invoice.not-found'));
    },
    'invoice.list': async ({ state }) => {
      const invoices = world.invoices.filter((invoice) => state === undefined || invoice.state === state);
      return ok({ invoices: invoices.toReversed(), total: invoices.length });
    },
    'invoice.updateStatus': notHere,
    'invoice.updateStatusMany': async ({ invoiceIds }) =>
      ok({
        updated: invoiceIds.length,
        failed: 0,
        results: invoiceIds.map((invoiceId) => ({ invoiceId, error: null })),
      }),
    'pdf.read': async ({ pdfId }) => {
      const file = [...files.values()][pdfId - 1];
      if (!file) return fail(appError('file.not-found', { file: 'PDF' }));
      return ok({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
    },
    'pdf.saveCopy': async () => ok({ name: 'copy.pdf' }),
    'pdf.dragOut': async () => ok({}),
    'push.receive': notHere,
    'event.list': notHere,
    'code.decrypt': notHere,
    'pdf.latestUpload': notHere,
    'invoice.copyToDraft': notHere,
    'code.history': async () => ok({ links: [] }),
    'code.clearHistory': async () => ok({}),
    'batch.check': notHere,
    'batch.import': notHere,
    'batch.cancelImport': notHere,
    'batch.run': notHere,
    'batch.stop': notHere,
    'batch.cancel': notHere,
    'batch.askAgain': notHere,
    'batch.settle': notHere,
    'batch.get': notHere,
    'batch.rows': async () => ok({ rows: [], next: null }),
    'batch.list': notHere,
    'batch.report': notHere,
    'desk.read': async () => ok(world.desk),
    'desk.save': async () => ok({}),
    'table.open': notHere,
    'table.check': notHere,
    'table.checkedRows': notHere,
    'table.sample': notHere,
    'folder.look': async () => ok({ pdfs: 2, tables: 0, others: 0 }),
    'table.fromPdfs': notHere,
    'table.comparePdfs': async () => ok({ compared: 0, findings: [], matches: [], refused: [] }),
    'table.cancelPdfs': async () => ok({ cancelled: true }),
    'table.faultyRows': notHere,
    'table.openReport': async () => ok({ name: '7-发票.report.csv', rows: 3 }),
    'table.report': notHere,
    'backup.list': async () => ok({ backups: world.backups, pendingRestore: world.pendingRestore }),
    'backup.make': async () => {
      const backup = fakeBackup();
      world.backups = [backup, ...world.backups];
      return ok(backup);
    },
    'backup.present': async () => ok({ invoices: 20, issued: 18, unknown: 0, events: 5 }),
    'backup.restore': async ({ name }) => {
      const backup = world.backups.find((one) => one.name === name);
      if (!backup) return fail(appError('backup.not-found', { name }));
      world.pendingRestore = name;
      return ok({ restartNeeded: true, backup, present: { invoices: 20, issued: 18, unknown: 0, events: 5 } });
    },
    'backup.cancelRestore': async () => {
      const cancelled = world.pendingRestore !== null;
      world.pendingRestore = null;
      return ok({ cancelled });
    },
    'record.search': async ({ limit, after, ...criteria }) => {
      const found = findRecords(world.invoices, criteria).filter(({ id }) => !after || id < after.id);
      const rows = found.slice(0, limit);
      const last = rows.at(-1);
      return ok({ rows, next: last && found.length > limit ? { id: last.id, value: null } : null, preparing: null });
    },
    'record.count': async (criteria) => ok({ count: findRecords(world.invoices, criteria).length, isCapped: false }),
    'record.export': async (criteria) => ok({ file: 'records', rows: findRecords(world.invoices, criteria).length }),
    'record.cancelExport': async () => ok({ cancelled: false }),
    'record.readLayout': async () => ok(world.layout),
    'record.saveLayout': async ({ columns, views }) => {
      world.layout = { columns: columns ?? world.layout.columns, views: views ?? world.layout.views };
      return ok(world.layout);
    },
    'relay.pair': async ({ accountId }) => {
      const relay = fakeRelay({ accountId });
      world.relays = [...world.relays.filter((one) => one.accountId !== accountId), relay];
      emit('record.changed', { kind: 'relay', id: accountId });
      return ok(relay);
    },
    'relay.unpair': async ({ accountId }) => {
      world.relays = world.relays.filter((relay) => relay.accountId !== accountId);
      emit('record.changed', { kind: 'relay', id: accountId });
      return ok({});
    },
    'relay.list': async () => ok({ relays: world.relays }),
    'relay.reconnect': async ({ accountId }) => {
      changeRelay(accountId, { state: 'live', error: null });
      return ok({});
    },
    'relay.test': async () => ok({ milliseconds: 312 }),
    'relay.setRoute': async ({ accountId, carriesCalls }) => {
      const changed = changeRelay(accountId, { carriesCalls });
      return changed ? ok(changed) : fail(appError('relay.not-paired'));
    },
    'relay.rotateKey': async ({ accountId }) => {
      const relay = changeRelay(accountId, {});
      return relay ? ok(relay) : notHere();
    },
    'push.listUnread': async ({ accountId, limit }) =>
      ok({
        pushes: world.unreadPushes
          .filter((push) => accountId === undefined || push.accountId === accountId)
          .slice(0, limit),
      }),
    'push.readAgain': async ({ accountId }) => {
      const read = world.unreadPushes.filter((push) => push.accountId === accountId).length;
      world.unreadPushes = world.unreadPushes.filter((push) => push.accountId !== accountId);
      changeRelay(accountId, { unread: 0 });
      return ok({ read, left: 0 });
    },
    ...createOrderHandlers(world, emit),
    ...createAboutHandlers(world),
    'file.chooseSave': async ({ name }) => ok({ target: { token: 'save_AAAAAAAAAAAAAAAA', name } }),
  };

  const bridge: Bridge = {
    platform: 'linux',
    async invoke(name, input) {
      calls.push({ name, input });
      if (!isOperationName(name)) throw new Error(`no operation ${name}`);
      const parsed = contract[name].input.safeParse(input);
      if (!parsed.success) return fail(appError('input.invalid', { field: name, reason: parsed.error.message }));
      const failure = world.failures.get(name);
      if (failure) {
        world.failures.delete(name);
        return fail(failure);
      }
      // The input was parsed by the schema of this very name.
      const handler = (world.handlers[name] ?? handlers[name]) as (value: unknown) => Promise<unknown>;
      return handler(parsed.data);
    },
    subscribe(event, callback) {
      const known = listeners.get(event) ?? new Set();
      listeners.set(event, known.add(callback as (payload: never) => void));
      return () => known.delete(callback as (payload: never) => void);
    },
    admitFile: async (file) => ok(admit(file)),
  };
  return { bridge, world, calls, emit };
}
