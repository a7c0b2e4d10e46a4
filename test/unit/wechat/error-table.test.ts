import { describe, expect, it } from 'vitest';
import { appErrorSchema } from '../../../shared/errors/app-error.ts';
import { errorFromWeChat, wechatErrors } from '../../../shared/wechat/error-table.ts';

const section9 = [
  72015, 72017, 72023, 72024, 72025, 72028, 72029, 72030, 72031, 72035, 72036, 72038, 72039, 72040, 72042, 72043, 72044,
  40078,
];
const tokenAndCommon = [
  -1, 40001, 40002, 40013, 40014, 40125, 40164, 40243, 41001, 41002, 41004, 42001, 43002, 44002, 45009, 45011, 45021,
  47001, 47002, 48001, 48004, 48006, 50001, 50002, 61007, 61024,
];
const confirmations = [89501, 89502, 89503, 89504, 89505, 89506, 89507];
const traceAndQuota = [76001, 76002, 76003, 76021, 76022];
const files = [40005, 40009, 40056, 40073, 40101, 40150, 41005, 45001, 49004];
const beyondSection9 = [
  72013, 72018, 72022, 72027, 72037, 72041, 72045, 72046, 72047, 72048, 72049, 72050, 72051, 72052, 72053, 72054, 72055,
  72056, 72057, 72058, 72059, 72060, 72061, 72062, 72063,
];
const symbolic = Array.from({ length: 27 }, (_, index) => 72067 + index);
const calls = [
  ...(['token', 'createcard', 'insert', 'updatestatus'] as const),
  ...(['getticket', 'setbizattr', 'getauthurl', 'getauthdata', 'rejectinsert'] as const),
];
const every = [
  ...section9,
  ...tokenAndCommon,
  ...confirmations,
  ...traceAndQuota,
  ...files,
  ...beyondSection9,
  ...symbolic,
];

describe('the table of WeChat errors', () => {
  it.each(every)('has a text and a next step in both languages for %i', (code) => {
    const entry = wechatErrors[code];
    expect(entry).toBeDefined();
    for (const text of [entry?.text, entry?.nextStep]) {
      expect(text?.zhCN).toMatch(/\p{Script=Han}/u);
      expect(text?.en).toMatch(/[a-z]/);
    }
  });

  it('has no code that is not in this list, and none for success', () => {
    const codes = Object.keys(wechatErrors).map(Number);
    expect(codes.toSorted((a, b) => a - b)).toEqual([...new Set(every)].toSorted((a, b) => a - b));
  });

  it('makes a complete error of every code on every call', () => {
    for (const errcode of every)
      for (const call of calls) {
        const error = errorFromWeChat({ errcode, errmsg: 'some text', call });
        expect(appErrorSchema.safeParse(error).success).toBe(true);
        expect(error.code).toBe(`wechat.${errcode}`);
        if (errcode !== 40164) expect(`${error.text.zhCN}${error.text.en}`).not.toMatch(/[{}]/);
      }
  });

  it('calls retryable exactly what waiting cures', () => {
    for (const entry of Object.values(wechatErrors)) expect(entry.retryable).toBe(entry.class === 'wait-and-retry');
  });

  it.each([72018, 72042, 72056, 72060, 72061])('says of %i that it is done already', (code) => {
    expect(wechatErrors[code]?.class).toBe('already-done');
  });
});

describe('an errmsg', () => {
  it('is freed of its rid, which is kept', () => {
    const error = errorFromWeChat({
      errcode: 72036,
      errmsg: 'invoice is busy rid: 5f3b2c1a-0a1b2c3d-11223344',
      call: 'insert',
    });
    expect(error.details).toEqual({
      errcode: 72036,
      call: 'insert',
      errmsg: 'invoice is busy',
      rid: '5f3b2c1a-0a1b2c3d-11223344',
    });
  });

  it('is freed of its hint, which is kept', () => {
    const error = errorFromWeChat({
      errcode: 40001,
      errmsg: 'invalid credential, access_token is invalid or not latest hint: [Nx1.a0123vr55!]',
      call: 'insert',
    });
    expect(error.details).toEqual({
      errcode: 40001,
      call: 'insert',
      errmsg: 'invalid credential, access_token is invalid or not latest',
      hint: 'Nx1.a0123vr55!',
    });
  });

  it('may carry both tags', () => {
    const error = errorFromWeChat({
      errcode: 48001,
      errmsg: 'api unauthorized hint: [a b] rid: 1-2-3',
      call: 'seturl',
    });
    expect(error.details).toMatchObject({ errmsg: 'api unauthorized', hint: 'a b', rid: '1-2-3' });
  });

  it.each([
    ['invalid ip 1.2.3.4, not in whitelist hint: [abc]', '1.2.3.4'],
    ['invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist rid: 1-2-3', '1.2.3.4'],
    ['invalid ip 2408:8000:1::7, not in whitelist rid: 1-2-3', '2408:8000:1::7'],
  ])('shows the address to put on the allow-list: %s', (errmsg, ip) => {
    const error = errorFromWeChat({ errcode: 40164, errmsg, call: 'token' });
    expect(error.details['ip']).toBe(ip);
    expect(error.text.zhCN).toContain(ip);
    expect(error.text.en).toContain(ip);
    expect(error.action).toBe('copy-ip');
  });

  it('without an address still tells of the allow-list, with no empty place', () => {
    const error = errorFromWeChat({ errcode: 40164, errmsg: 'not in whitelist', call: 'token' });
    expect(error.text.zhCN).toContain('IP 白名单');
    expect(error.text.zhCN).not.toContain('{ip}');
    expect(error.action).toBe('open-console');
  });

  it.each([
    ['invalid params, fee is empty rid: 1-2-3', 'fee', '价税合计（fee）'],
    ['invalid params, billing no is empty', 'billing no', '发票号码（billing no）'],
    ['invalid params, s_pappid is empty', 's_pappid', '开票平台识别码（s_pappid）'],
    ['invalid params, strange_thing is empty', 'strange_thing', 'strange_thing'],
  ])('names the empty field: %s', (errmsg, field, shown) => {
    const error = errorFromWeChat({ errcode: 72031, errmsg, call: 'insert' });
    expect(error.details['field']).toBe(field);
    expect(error.text.zhCN).toContain(shown);
  });

  it('without a field keeps the general advice', () => {
    const error = errorFromWeChat({ errcode: 72031, errmsg: 'invalid params', call: 'insert' });
    expect(error.details['field']).toBeUndefined();
    expect(error.nextStep.zhCN).toContain('s_pappid');
  });
});

describe('one code on different calls', () => {
  it('72038 is about the card code on updatestatus and about authorisation on insert', () => {
    const status = errorFromWeChat({ errcode: 72038, errmsg: 'invoice order never auth', call: 'updatestatus' });
    const insert = errorFromWeChat({ errcode: 72038, errmsg: 'invoice order never auth', call: 'insert' });
    expect(status.text.zhCN).toContain('绝不是发票代码');
    expect(insert.text.zhCN).toContain('订单没有授权');
  });

  it.each([
    ['insert', '订单没有授权'],
    ['getauthdata', '没有这个订单的授权记录'],
    ['rejectinsert', '还没有授权这个订单'],
  ] as const)('72038 on %s says: %s', (call, words) => {
    expect(errorFromWeChat({ errcode: 72038, errmsg: 'invoice order never auth', call }).text.zhCN).toContain(words);
  });

  it.each([
    ['money', '订单金额（money）'],
    ['ticket', '授权页 ticket（ticket）'],
    ['time_out', '开票时限（time_out）'],
  ])('an empty %s of the merchant’s side is named', (field, shown) => {
    const error = errorFromWeChat({ errcode: 72031, errmsg: `invalid params, ${field} is empty`, call: 'getauthurl' });
    expect(error.text.zhCN).toContain(shown);
  });

  it('40001 means a wrong secret where the token is fetched, an outdated token elsewhere', () => {
    const token = errorFromWeChat({ errcode: 40001, errmsg: '', call: 'token' });
    const other = errorFromWeChat({ errcode: 40001, errmsg: '', call: 'setpdf' });
    expect(token).toMatchObject({ class: 'fix-account', action: 'open-account' });
    expect(other).toMatchObject({ class: 'wait-and-retry', retryable: true });
  });

  it('an unknown code shows itself and WeChat’s words, and is not tried again by itself', () => {
    const error = errorFromWeChat({ errcode: 99999, errmsg: 'brand new trouble rid: 1-2', call: 'insert' });
    expect(error).toMatchObject({ code: 'wechat.99999', retryable: false, action: 'copy-details' });
    expect(error.text.zhCN).toContain('99999：brand new trouble');
    expect(error.details['rid']).toBe('1-2');
  });
});
