import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { expectPureTexts } from '../../support/app-expectations.ts';
import { type Fault, impatient, named } from '../../support/app-faults.ts';
import { insertPath, openStage, type Stage, startStage, templateContent } from '../../support/app-under-test.ts';

const paths = {
  setpdf: '/card/invoice/platform/setpdf',
  createcard: '/card/invoice/platform/createcard',
  updatestatus: '/card/invoice/platform/updatestatus',
  decrypt: '/card/code/decrypt',
  getpdf: '/card/invoice/platform/getpdf',
  seturl: '/card/invoice/seturl',
} as const;

let patientStage: Stage;
let impatientStage: Stage;

beforeAll(async () => {
  patientStage = await openStage();
  impatientStage = await openStage({ timeouts: impatient });
  return () => Promise.all([patientStage.close(), impatientStage.close()]);
});

afterEach(async () => {
  await patientStage.control.behave();
  await impatientStage.control.behave();
});

const cardsOf = (stage: Stage, orderId: string) => stage.books().cards.filter((card) => card.orderId === orderId);
const insertsOf = (stage: Stage, orderId: string) =>
  stage.callsTo(insertPath).filter(({ body }) => body.includes(`"${orderId}"`));

const connectionFaults: readonly Fault[] = [
  { kind: 'drop-before', end: 'fin' },
  { kind: 'drop-before', end: 'rst' },
  { kind: 'drop-after', end: 'fin' },
  { kind: 'drop-after', end: 'rst' },
  { kind: 'truncated-body', end: 'fin' },
  { kind: 'truncated-body', end: 'rst' },
];
const badAnswers = [
  { rule: { kind: 'garbage-body' }, code: 'wechat.not-understood' },
  { rule: { kind: 'html-200' }, code: 'wechat.not-understood' },
  { rule: { kind: 'gzip-junk' }, code: 'wechat.not-understood' },
  { rule: { kind: 'wrong-content-length' }, code: 'wechat.not-understood' },
  { rule: { kind: 'http-status', status: 500 }, code: 'wechat.http-status' },
  { rule: { kind: 'http-status', status: 502 }, code: 'wechat.http-status' },
] as const satisfies readonly { readonly rule: Fault; readonly code: string }[];
const faults = named([...connectionFaults.map((rule) => ({ rule, code: 'network.broken' })), ...badAnswers]);

describe('the upload, disturbed while issuing', () => {
  test.each(faults)(
    '$name: nothing is inserted, the draft says why, and the next try issues it',
    async ({ rule, code }) => {
      const stage = patientStage;
      const { id: invoiceId, fields } = await stage.draft();
      await stage.control.misbehave({ ...rule, path: paths.setpdf });
      const error = await stage.app().refuse('invoice.issue', { invoiceId });
      expect(error).toMatchObject({ code, class: 'wait-and-retry', retryable: true });
      expectPureTexts(error);
      expect(await stage.look(invoiceId)).toMatchObject({ state: 'draft', error });
      expect(await stage.attempts(invoiceId)).toMatchObject([{ call: 'setpdf', outcome: 'unknown' }]);
      expect(insertsOf(stage, fields.orderId)).toEqual([]);
      expect(await stage.app().succeed('invoice.issue', { invoiceId })).toMatchObject({ state: 'issued', error: null });
      expect(cardsOf(stage, fields.orderId)).toHaveLength(1);
    },
  );
});

/** An issued card and an upload to make calls about. */
async function makeSubject(stage: Stage) {
  const { id } = await stage.draft();
  const issued = await stage.app().succeed('invoice.issue', { invoiceId: id });
  const { encryptCode } = await stage.control.redirectLink({ code: issued.cardCode ?? '' });
  const { mediaId } = await stage.app().succeed('pdf.upload', {
    accountId: stage.accountId,
    file: await stage.newPdf(),
  });
  return { invoiceId: id, encryptCode, mediaId };
}

type Subject = Awaited<ReturnType<typeof makeSubject>>;

const writes = {
  setpdf: async (stage: Stage) =>
    stage.app().call('pdf.upload', { accountId: stage.accountId, file: await stage.newPdf() }),
  createcard: (stage: Stage) =>
    stage.app().call('template.create', { accountId: stage.accountId, content: templateContent }),
  updatestatus: (stage: Stage, { invoiceId }: Subject) =>
    stage.app().call('invoice.updateStatus', { invoiceId, status: 'INVOICE_REIMBURSE_INIT' }),
};
const reads = {
  decrypt: (stage: Stage, { encryptCode }: Subject) =>
    stage.app().call('code.decrypt', { accountId: stage.accountId, encryptCode }),
  getpdf: (stage: Stage, { mediaId }: Subject) =>
    stage.app().call('pdf.query', { accountId: stage.accountId, mediaId }),
  seturl: (stage: Stage) => stage.app().call('platform.obtainId', { accountId: stage.accountId }),
};
const keysOf = <Key extends string>(record: Record<Key, unknown>) => Object.keys(record) as Key[]; // literals only

describe('calls that change something are never repeated by the program', () => {
  const rows = keysOf(writes).flatMap((call) => faults.map((fault) => ({ call, ...fault })));
  test.each(rows)('$call, $name: $code', async ({ call, rule, code }) => {
    const stage = patientStage;
    const subject = await makeSubject(stage);
    const before = stage.callsTo(paths[call]).length;
    await stage.control.misbehave({ ...rule, path: paths[call] });
    const result = await writes[call](stage, subject);
    expect(result).toMatchObject({ ok: false, error: { code, class: 'wait-and-retry', retryable: true } });
    if (!result.ok) expectPureTexts(result.error);
    expect(stage.callsTo(paths[call])).toHaveLength(before + 1);
    if (call === 'updatestatus') {
      expect((await stage.attempts(subject.invoiceId)).at(-1)).toMatchObject({ call, outcome: 'unknown' });
      expect(await stage.look(subject.invoiceId)).toMatchObject({ reimburseStatus: null });
    }
    expect((await writes[call](stage, subject)).ok).toBe(true);
  });
});

describe('calls that only read are repeated once where the connection was lost', () => {
  const rows = keysOf(reads).flatMap((call) => named(connectionFaults.map((rule) => ({ call, rule }))));
  test.each(rows)('$call, $name: cured by the repeat, lost twice said', async ({ call, rule }) => {
    const stage = patientStage;
    const subject = await makeSubject(stage);
    const before = stage.callsTo(paths[call]).length;
    await stage.control.misbehave({ ...rule, path: paths[call] });
    expect((await reads[call](stage, subject)).ok).toBe(true);
    await stage.control.misbehave({ ...rule, path: paths[call], times: 2 });
    const lost = await reads[call](stage, subject);
    expect(lost).toMatchObject({ ok: false, error: { code: 'network.broken', class: 'wait-and-retry' } });
    expect(stage.callsTo(paths[call])).toHaveLength(before + 4);
  });

  const unreadable = keysOf(reads).flatMap((call) => named(badAnswers).map((row) => ({ call, ...row })));
  test.each(unreadable)('$call, $name: $code', async ({ call, rule, code }) => {
    const stage = patientStage;
    const subject = await makeSubject(stage);
    await stage.control.misbehave({ ...rule, path: paths[call] });
    const result = await reads[call](stage, subject);
    expect(result).toMatchObject({ ok: false, error: { code, class: 'wait-and-retry' } });
    if (!result.ok) expectPureTexts(result.error);
  });
});

describe('the token', () => {
  test.each(faults)('$name: $code where it lasts', async ({ rule, code }) => {
    const stage = patientStage;
    await stage.control.misbehave({ ...rule, path: '/cgi-bin/stable_token', times: 2 });
    const error = await stage.app().refuse('account.check', { accountId: stage.accountId });
    expect(error).toMatchObject({ code, class: 'wait-and-retry', retryable: true });
    expectPureTexts(error);
  });

  test('a token that cannot be had leaves the invoice unsent', async () => {
    const stage = patientStage;
    const { id: invoiceId, fields } = await stage.draft();
    await stage.reopen();
    await stage.control.misbehave({ kind: 'http-status', status: 502, path: '/cgi-bin/stable_token' });
    expect(await stage.app().refuse('invoice.issue', { invoiceId })).toMatchObject({ code: 'wechat.http-status' });
    expect(await stage.look(invoiceId)).toMatchObject({ state: 'draft', error: { code: 'wechat.http-status' } });
    expect(insertsOf(stage, fields.orderId)).toEqual([]);
  });

  test('a token refused at insert, with no other to be had, leaves the invoice prepared: nothing was processed', async () => {
    const stage = patientStage;
    const { id: invoiceId, fields } = await stage.draft();
    await stage.app().succeed('account.check', { accountId: stage.accountId });
    await stage.control.misbehave({ kind: 'token-expired', path: insertPath });
    await stage.control.misbehave({ kind: 'http-status', status: 500, path: '/cgi-bin/stable_token' });
    expect(await stage.app().refuse('invoice.issue', { invoiceId })).toMatchObject({
      code: 'wechat.http-status',
      class: 'wait-and-retry',
    });
    expect(await stage.look(invoiceId)).toMatchObject({ state: 'prepared', error: { code: 'wechat.http-status' } });
    expect(cardsOf(stage, fields.orderId)).toEqual([]);
    expect(await stage.app().succeed('invoice.issue', { invoiceId })).toMatchObject({ state: 'issued' });
    expect(cardsOf(stage, fields.orderId)).toHaveLength(1);
  });
});

test('a server that never answers: every operation gives up with network.timeout, in words', async () => {
  const stage = impatientStage;
  const subject = await makeSubject(stage);
  for (const path of Object.values(paths)) await stage.control.misbehave({ kind: 'hang', path });
  const calls = [...Object.values(writes), ...Object.values(reads)];
  const results = await Promise.all(calls.map((call) => call(stage, subject)));
  for (const result of results) {
    expect(result).toMatchObject({ ok: false, error: { code: 'network.timeout', class: 'wait-and-retry' } });
    if (!result.ok) expectPureTexts(result.error);
  }
  expect(results).toHaveLength(6);
});

describe('no server at all', () => {
  test('before the upload the invoice stays a draft, after it prepared: nothing was sent, and it says so', async () => {
    const stage = await startStage();
    const first = await stage.draft();
    const file = await stage.newPdf();
    await stage.app().succeed('pdf.upload', { accountId: stage.accountId, file });
    const second = await stage.draft({ pdf: file });
    await stage.server.close();
    for (const [invoiceId, state] of [
      [first.id, 'draft'],
      [second.id, 'prepared'],
    ] as const) {
      const error = await stage.app().refuse('invoice.issue', { invoiceId });
      expect(error).toMatchObject({ code: 'network.unreachable', class: 'wait-and-retry', action: 'retry' });
      expect(error.text.zhCN).toContain('请求没有发出');
      expectPureTexts(error);
      expect(await stage.look(invoiceId)).toMatchObject({ state, error });
      expect((await stage.attempts(invoiceId)).at(-1)).toMatchObject({ outcome: 'not-sent' });
    }
    expect(stage.books().cards).toEqual([]);
  });
});
