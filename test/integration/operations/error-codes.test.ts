import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorClass } from '../../../shared/errors/error-entry.ts';
import { expectTexts } from '../../support/app-expectations.ts';
import { openStage, type Stage, templateContent } from '../../support/app-under-test.ts';

const paths = {
  token: '/cgi-bin/stable_token',
  seturl: '/card/invoice/seturl',
  createcard: '/card/invoice/platform/createcard',
  uploadimg: '/cgi-bin/media/uploadimg',
  setpdf: '/card/invoice/platform/setpdf',
  getpdf: '/card/invoice/platform/getpdf',
  insert: '/card/invoice/insert',
  updatestatus: '/card/invoice/platform/updatestatus',
  decrypt: '/card/code/decrypt',
} as const;
type Call = keyof typeof paths;
const everyCallWithToken = Object.keys(paths).filter((call) => call !== 'token') as Call[]; // the keys just written

interface Row {
  readonly codes: readonly number[];
  readonly class: ErrorClass;
  readonly calls: readonly Call[];
}

function row(errorClass: ErrorClass, codes: readonly number[], calls: readonly Call[]): Row {
  return { codes, class: errorClass, calls };
}

const cards: readonly Call[] = ['insert', 'updatestatus'];
const inclusive = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Section 9 of the document: each code with who can cure it. */
const section9: readonly Row[] = [
  row('fix-account', [72015, 72028, 72029, 72030], cards),
  row('fix-input', [72017, 72024, 72031, 72035, 72038, 72039, 72040, 72043], cards),
  row('wait-and-retry', [72023, 72036, 72044, 40078], cards),
  row('already-done', [72042], cards),
  row('bug', [72025], cards),
];

/** What fetching the token is answered with; there 40001 means the secret. */
const tokenCall: readonly Row[] = [
  row('fix-account', [40001, 40013, 40125, 40164, 40243, 41002, 41004, 48004, 50002, 61024], ['token']),
  row('fix-account', inclusive(89501, 89507), ['token']),
  row('wait-and-retry', [-1, 45009, 45011], ['token']),
  row('bug', [40002, 43002, 44002, 47001], ['token']),
];

/** What any call with a token can be answered with. */
const anyCall: readonly Row[] = [
  row('wait-and-retry', [40001, 40014, 42001, 45009, 45011], everyCallWithToken),
  row('fix-account', [48001, 48004, 50001, 50002, 61007], everyCallWithToken),
  row('bug', [41001, 43002, 44002, 47001, 47002], everyCallWithToken),
];

/** Further codes of single calls, from what is known around the document. */
const singleCalls: readonly Row[] = [
  row('wait-and-retry', [-1], ['seturl', 'createcard', 'uploadimg', 'setpdf', 'getpdf', 'updatestatus', 'decrypt']),
  row('fix-input', [45021, 72031], ['createcard']),
  row('fix-input', [40005, 40009], ['uploadimg']),
  row('fix-input', [45001, 72040], ['setpdf']),
  row('bug', [41005], ['setpdf']),
  row('fix-input', [72040, 72031], ['getpdf']),
  row('fix-input', [40056, 72031], ['decrypt']),
  row('fix-input', [40073, 72037], ['updatestatus']),
  row('already-done', [72060, 72061], ['updatestatus']),
  row('wait-and-retry', [72059], ['updatestatus']),
  row('fix-input', [40073, 40150, 72013, 72022, 72041, 72045, 72046, 72047, 72048, 72049, 72050, 72053], ['insert']),
  row('wait-and-retry', [49004, 72052, 72054, 72055, 72057, 72058, 72062], ['insert']),
  row('already-done', [72018, 72056, 72074, 72075], ['insert']),
  row('fix-account', [72051, 72063], ['insert']),
  row('bug', [40101, 72027], ['insert']),
  row('wait-and-retry', [72083], ['insert']),
  row('fix-input', [...inclusive(72067, 72073), ...inclusive(72076, 72082), ...inclusive(72084, 72093)], ['insert']),
];

const rows = [...section9, ...tokenCall, ...anyCall, ...singleCalls];
const cases = rows.flatMap(({ codes, calls, class: errorClass }) =>
  calls.flatMap((call) => codes.map((errcode) => ({ errcode, call, errorClass }))),
);

let stage: Stage;
let issuedId: number;
let png: string;

beforeAll(async () => {
  stage = await openStage();
  const { id: invoiceId } = await stage.draft();
  issuedId = (await stage.app().succeed('invoice.issue', { invoiceId })).id;
  png = await stage.newFile('logo.png', Buffer.from('89504e470d0a1a0a0000000d', 'hex'));
  return () => stage.close();
});

afterEach(async () => {
  await stage.control.behave();
});

/** Makes the call through the operation that stands for it. */
async function refusedBy(call: Call): Promise<AppError> {
  const { accountId } = stage;
  const app = stage.app();
  switch (call) {
    case 'token':
      return app.refuse('account.check', { accountId });
    case 'seturl':
      return app.refuse('platform.obtainId', { accountId });
    case 'createcard':
      return app.refuse('template.create', { accountId, content: templateContent });
    case 'uploadimg':
      return app.refuse('logo.upload', { accountId, file: png });
    case 'setpdf':
      return app.refuse('pdf.upload', { accountId, file: await stage.newPdf() });
    case 'getpdf':
      return app.refuse('pdf.query', { accountId, mediaId: '75195574948725301' });
    case 'updatestatus':
      return app.refuse('invoice.updateStatus', { invoiceId: issuedId, status: 'INVOICE_REIMBURSE_LOCK' });
    case 'decrypt':
      return app.refuse('code.decrypt', { accountId, encryptCode: 'XXIzTtMqCxwOaawoE91+VJdsFmv7b8g0' });
    case 'insert': {
      const { id: invoiceId } = await stage.draft();
      const error = await app.refuse('invoice.issue', { invoiceId });
      const invoice = await stage.look(invoiceId);
      // What WeChat put off was refused for now only: it waits as it was prepared.
      const isPutOff = [45_011, 72_036, 72_054].includes(Number(error.details['errcode']));
      expect(invoice).toMatchObject({ state: isPutOff ? 'prepared' : 'rejected', error });
      expect((await stage.attempts(invoiceId)).at(-1)).toMatchObject({
        call: 'insert',
        outcome: 'refused',
        errcode: error.details['errcode'],
      });
      return error;
    }
  }
}

const tokenErrcodes = [40001, 40014, 42001];

describe('every error code through the operation that meets it', () => {
  test.each(cases)('$errcode at $call is $errorClass', async ({ errcode, call, errorClass }) => {
    // With a refused token the call is made once more with another one, and refused again.
    const times = call !== 'token' && tokenErrcodes.includes(errcode) ? 2 : 1;
    const cardsBefore = stage.books().cards.length;
    const callsBefore = stage.callsTo(paths[call]).length;
    await stage.control.misbehave({ kind: 'errcode', errcode, path: paths[call], times });
    const error = await refusedBy(call);
    expect(error).toMatchObject({ code: `wechat.${errcode}`, class: errorClass });
    expect(error.retryable).toBe(errorClass === 'wait-and-retry');
    expect(error.details).toMatchObject({ errcode, call });
    expect(error.details['rid']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{8}){2}$/);
    expectTexts(error);
    expect(error.text.zhCN).not.toContain('未知错误');
    expect(stage.callsTo(paths[call])).toHaveLength(callsBefore + times);
    expect(stage.books().cards).toHaveLength(cardsBefore);
  });

  test.each([{ processed: false }, { processed: true }])(
    '-1 at insert settles nothing (card made: $processed)',
    async ({ processed }) => {
      const cardsBefore = stage.books().cards.length;
      await stage.control.misbehave({ kind: 'errcode', errcode: -1, path: paths.insert, processed });
      const { id: invoiceId } = await stage.draft();
      const error = await stage.app().refuse('invoice.issue', { invoiceId });
      expect(error).toMatchObject({ code: 'issue.outcome-unknown', class: 'outcome-unknown', action: 'ask-again' });
      expect(error.details).toMatchObject({ errcode: -1, outcome: 'system-error' });
      expectTexts(error);
      expect(await stage.look(invoiceId)).toMatchObject({ state: 'unknown', cardCode: null, error });
      expect(stage.books().cards).toHaveLength(cardsBefore + (processed ? 1 : 0));
    },
  );

  test('a code that no document lists is shown with its number and message, as ours to explain', async () => {
    await stage.control.misbehave({ kind: 'errcode', errcode: 99_999, errmsg: 'brand new', path: paths.insert });
    const error = await refusedBy('insert');
    expect(error).toMatchObject({ code: 'wechat.99999', class: 'bug', action: 'copy-details' });
    expect(error.text.zhCN).toContain('99999');
    expect(error.text.en).toContain('brand new');
    expectTexts(error);
  });

  test.each([40001, 40014, 42001])(
    '%i met once is cured by another token, and the card is made once',
    async (errcode) => {
      const cardsBefore = stage.books().cards.length;
      await stage.control.misbehave({ kind: 'errcode', errcode, path: paths.insert });
      const { id: invoiceId } = await stage.draft();
      expect(await stage.app().succeed('invoice.issue', { invoiceId })).toMatchObject({ state: 'issued', error: null });
      expect(stage.books().cards).toHaveLength(cardsBefore + 1);
    },
  );

  test('the same code at two calls can mean two things: 72038 is the order at insert, the card code at updatestatus', async () => {
    await stage.control.misbehave({ kind: 'errcode', errcode: 72_038, path: paths.insert });
    await stage.control.misbehave({ kind: 'errcode', errcode: 72_038, path: paths.updatestatus });
    expect((await refusedBy('insert')).text.zhCN).toContain('订单');
    const wrongCode = await refusedBy('updatestatus');
    expect(wrongCode.text.zhCN).toContain('卡券 code');
    expect(wrongCode.text.zhCN).toContain('发票代码');
  });
});
