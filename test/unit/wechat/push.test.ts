import { createCipheriv, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodePush, type PushQuery } from '../../../electron/wechat/push.ts';
import { decryptMessage, verifyMessageSignature, verifyPlainSignature } from '../../../electron/wechat/push-crypto.ts';
import vectors from '../../fixtures/push-vectors.json' with { type: 'json' };

const { token, appid } = vectors;
const encodingAesKey = vectors.encodingAESKey;
const [statusCase, authoriseCase, padCase, chineseCase] = vectors.cases;
if (!statusCase || !authoriseCase || !padCase || !chineseCase) throw new Error('vectors are missing');

type Vector = (typeof vectors.cases)[number];

const safeQuery = (vector: Vector): PushQuery => ({
  timestamp: vector.timestamp,
  nonce: vector.nonce,
  signature: vector.signature,
  msgSignature: vector.msg_signature,
});
const safeBody = (encrypt: string) =>
  `<xml><ToUserName><![CDATA[gh_0000000000aa]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`;
const decodeSafe = (vector: Vector, changes: Partial<Parameters<typeof decodePush>[0]> = {}) =>
  decodePush({ body: safeBody(vector.encrypt), query: safeQuery(vector), token, encodingAesKey, appid, ...changes });

const sha1 = (...parts: string[]) => createHash('sha1').update(parts.sort().join('')).digest('hex');
const plainQuery = (): PushQuery => ({
  timestamp: '1478068441',
  nonce: 'n1',
  signature: sha1(token, '1478068441', 'n1'),
  msgSignature: '',
});
const decodePlain = (body: string) => decodePush({ body, query: plainQuery(), token, appid });

describe('the official vectors', () => {
  const official = { token: 'AAAAA', encodingAesKey: 'A'.repeat(43), appid: 'wxba5fad812f8e6fb9' };
  const encrypt =
    '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=';

  it('of the handshake and of a plain push verify', () => {
    const handshake = { token: 'AAAAA', timestamp: '1714036504', nonce: '1514711492' };
    const plain = { token: 'AAAAA', timestamp: '1714037059', nonce: '486452656' };
    expect(verifyPlainSignature({ ...handshake, signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696' })).toBe(true);
    expect(verifyPlainSignature({ ...plain, signature: '899cf89e464efb63f54ddac96b0a0a235f53aa78' })).toBe(true);
    expect(verifyPlainSignature({ ...plain, signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696' })).toBe(false);
    expect(verifyPlainSignature({ ...plain, signature: '' })).toBe(false);
  });

  it('of a push in safe mode verify and decrypt', () => {
    const push = decodePush({
      ...official,
      body: JSON.stringify({ ToUserName: 'gh_97417a04a28d', Encrypt: encrypt }),
      query: {
        timestamp: '1714112445',
        nonce: '415670741',
        signature: '6c5c811b55cc85e0e1b54100749188c20beb3f5d',
        msgSignature: '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3',
      },
    });
    expect(push).toMatchObject({
      ok: true,
      value: {
        type: 'other',
        event: 'debug_demo',
        authenticated: true,
        openid: 'o9AgO5Kd5ggOC-bXrbNODIiE3bGY',
        accountId: 'gh_97417a04a28d',
        createTime: 1714112445,
      },
    });
  });

  it('of a reply decrypt', () => {
    const reply = {
      encrypt: 'ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==',
      timestamp: '1713424427',
      nonce: '415670741',
      signature: '1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1',
    };
    expect(verifyMessageSignature({ token: 'AAAAA', ...reply })).toBe(true);
    expect(decryptMessage({ ...official, encrypt: reply.encrypt })).toEqual({
      ok: true,
      value: '{"demo_resp":"good luck"}',
    });
  });

  it('of the sample code decrypt, with Chinese text', () => {
    const sample = {
      encrypt: 'jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==',
      encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
      appid: 'wxb11529c136998cb6',
    };
    expect(decryptMessage(sample)).toEqual({ ok: true, value: '我是中文abcd123' });
    const signature = '82c962d39941aa48552f90ef55aa323dc620cc10';
    const signed = { token: 'pamtest', timestamp: '1409304348', nonce: 'xxxxxx', encrypt: sample.encrypt, signature };
    expect(verifyMessageSignature(signed)).toBe(true);
  });
});

describe('a push in safe mode', () => {
  it('tells the new status of a card, its leading zeros kept', () => {
    expect(decodeSafe(statusCase)).toEqual({
      ok: true,
      value: {
        type: 'update_invoice_status',
        event: 'update_invoice_status',
        authenticated: true,
        raw: statusCase.plaintext,
        openid: 'oOPENID0000000000000000000001',
        accountId: 'gh_0000000000aa',
        createTime: 1700000000,
        status: 'INVOICE_REIMBURSE_LOCK',
        cardId: 'pCARDID000000000000000000001',
        code: '000000000001',
      },
    });
  });

  it('tells of an authorisation; the empty FailOrderId is none', () => {
    expect(decodeSafe(authoriseCase)).toMatchObject({
      ok: true,
      value: {
        type: 'user_authorize_invoice',
        authenticated: true,
        orderId: 'ORDER-0001',
        isAuthorised: true,
        appid: 'wx0123456789abcdef',
        source: 'web',
        platformId: '',
      },
    });
  });

  it.each([padCase, chineseCase])('decrypts with a full block of padding: $name', ({ encrypt, plaintext }) => {
    expect(decryptMessage({ encrypt, encodingAesKey, appid })).toEqual({ ok: true, value: plaintext });
  });

  it('is refused where the plain signature is right but the message signature is wrong', () => {
    const query = { ...safeQuery(statusCase), msgSignature: statusCase.signature };
    expect(decodeSafe(statusCase, { query })).toMatchObject({ ok: false, error: { code: 'push.bad-signature' } });
  });

  it.each([
    ['no message signature', { query: { ...safeQuery(statusCase), msgSignature: '' } }],
    ['another token', { token: 'other' }],
    ['another timestamp', { query: { ...safeQuery(statusCase), timestamp: '1700000101' } }],
    ['another body', { body: safeBody(authoriseCase.encrypt) }],
  ])('is refused with %s', (_name, changes) => {
    expect(decodeSafe(statusCase, changes)).toMatchObject({ ok: false, error: { code: 'push.bad-signature' } });
  });

  it.each([
    ['no key', { encodingAesKey: '' }, 'key'],
    ['a key of wrong length', { encodingAesKey: 'abc' }, 'key'],
    ['another appid', { appid: 'wxffffffffffffffff' }, 'appid'],
  ])('is not decrypted with %s', (_name, changes, fault) => {
    expect(decodeSafe(statusCase, changes)).toMatchObject({
      ok: false,
      error: { code: 'push.decrypt-failed', details: { fault } },
    });
  });

  it('without a key at all asks for one', () => {
    const push = decodePush({ body: safeBody(statusCase.encrypt), query: safeQuery(statusCase), token, appid });
    expect(push).toMatchObject({ ok: false, error: { code: 'push.decrypt-failed' } });
  });

  it('counts only its encrypted part where a plain one stands beside it', () => {
    const body =
      '<xml><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[update_invoice_status]]></Event>' +
      '<CreateTime>1700000000</CreateTime><Status><![CDATA[INVOICE_REIMBURSE_CANCEL]]></Status>' +
      `<CardId>forged</CardId><Code>forged</Code><Encrypt><![CDATA[${statusCase.encrypt}]]></Encrypt></xml>`;
    expect(decodeSafe(statusCase, { body })).toMatchObject({
      ok: true,
      value: { code: '000000000001', status: 'INVOICE_REIMBURSE_LOCK', authenticated: true },
    });
  });
});

describe('what only looks encrypted', () => {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  function encrypt(full: Buffer, pad: Buffer): string {
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    return Buffer.concat([cipher.update(Buffer.concat([full, pad])), cipher.final()]).toString('base64');
  }
  const block = (length: number, message: string) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(length);
    return Buffer.concat([Buffer.alloc(16, 0x61), size, Buffer.from(message), Buffer.from(appid)]);
  };
  const padOf = (full: Buffer) => 32 - (full.length % 32);
  const whole = block(2, 'hi');

  it.each([
    ['a length beyond the end', encrypt(block(9999, 'hi'), Buffer.alloc(padOf(whole), padOf(whole))), 'length'],
    ['too few bytes', encrypt(Buffer.alloc(12), Buffer.alloc(20, 20)), 'length'],
    ['a pad of zero', encrypt(Buffer.alloc(32), Buffer.alloc(32)), 'padding'],
    ['a pad beyond 32', encrypt(Buffer.alloc(31), Buffer.alloc(33, 33)), 'padding'],
    ['an uneven pad', encrypt(Buffer.alloc(30), Buffer.from([9, 2])), 'padding'],
    ['a broken block', 'AAAA', 'cipher'],
    ['nothing', '', 'cipher'],
  ])('is refused: %s', (_name, text, fault) => {
    expect(decryptMessage({ encrypt: text, encodingAesKey, appid })).toEqual({ ok: false, error: fault });
  });
});

describe('a plain push', () => {
  const sample = `<xml>
	<ToUserName><![CDATA[gh_9e1765b5568e]]></ToUserName>
	<FromUserName><![CDATA[ojZ8Ytz4lESgdWZ34L_R1TvB2Kds]]></FromUserName>
	<CreateTime>1478068440</CreateTime> <MsgType><![CDATA[event]]></MsgType>
	<Event><![CDATA[update_invoice_status]]></Event>
	<Status><![CDATA[INVOICE_REIMBURSE_INIT]]></Status>
	<CardId><![CDATA[pjZ8Yt7Um2jYxzneP8GomnxoVFWo]]></CardId>
	<Code><![CDATA[186921658591]]></Code>
</xml>`;

  it('is read from the sample of section 7, and marked as not authenticated', () => {
    expect(decodePlain(sample)).toEqual({
      ok: true,
      value: {
        type: 'update_invoice_status',
        event: 'update_invoice_status',
        authenticated: false,
        raw: sample,
        openid: 'ojZ8Ytz4lESgdWZ34L_R1TvB2Kds',
        accountId: 'gh_9e1765b5568e',
        createTime: 1478068440,
        status: 'INVOICE_REIMBURSE_INIT',
        cardId: 'pjZ8Yt7Um2jYxzneP8GomnxoVFWo',
        code: '186921658591',
      },
    });
  });

  it('is refused with a wrong signature', () => {
    const push = decodePush({ body: sample, query: { ...plainQuery(), nonce: 'n2' }, token, appid });
    expect(push).toMatchObject({ ok: false, error: { code: 'push.bad-signature' } });
  });

  it('may come as JSON, with numbers or texts', () => {
    const fields = {
      ToUserName: 'gh_a',
      FromUserName: 'o1',
      CreateTime: '1478068440',
      MsgType: 'event',
      Event: 'update_invoice_status',
      Status: 'INVOICE_REIMBURSE_CANCEL',
      CardId: 'p1',
    };
    const withNumber = `${JSON.stringify(fields).slice(0, -1)},"Code":186921658591}`;
    const withText = JSON.stringify({ ...fields, CreateTime: 1478068440, Code: '0186921658591' });
    expect(decodePlain(withNumber)).toMatchObject({ ok: true, value: { code: '186921658591' } });
    expect(decodePlain(withText)).toMatchObject({ ok: true, value: { code: '0186921658591', createTime: 1478068440 } });
  });

  it('is read through the gaps of WeChat’s own sample, with the older name AppId', () => {
    const body =
      '<xml> <ToUserName> <![CDATA[gh_a]]> </ToUserName> < FromUserName > <![CDATA[o1]]> </ FromUserName >' +
      '<CreateTime> 1478068440 </CreateTime><MsgType> <![CDATA[event]]> </MsgType>' +
      '<Event> <![CDATA[user_authorize_invoice]]> </Event><SuccOrderId></SuccOrderId>' +
      '<FailOrderId> <![CDATA[0001 < b > ]]> </FailOrderId>< AppId > <![CDATA[wx1]]> </ AppId ></xml>';
    expect(decodePlain(body)).toMatchObject({
      ok: true,
      value: { type: 'user_authorize_invoice', orderId: '0001 < b >', isAuthorised: false, appid: 'wx1', openid: 'o1' },
    });
  });

  it('of another kind is kept as it came', () => {
    const body = '<xml><FromUserName>o1</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType></xml>';
    expect(decodePlain(body)).toMatchObject({ ok: true, value: { type: 'other', event: 'text', raw: body } });
  });

  it.each([
    ['truncated XML', sample.slice(0, -10)],
    ['truncated JSON', '{"Event":"update_invoice_status"'],
    ['a DOCTYPE', `<!DOCTYPE xml [<!ENTITY a "b">]>${sample}`],
    ['no CreateTime', sample.replace(/<CreateTime>.*<\/CreateTime>/, '')],
    ['no Code', sample.replace(/<Code>.*<\/Code>/, '')],
    ['two Codes', sample.replace('<Code>', '<Code>1</Code><Code>')],
    ['another root', '<html><body>hi</body></html>'],
    ['nothing', ''],
    ['plain text', 'hello'],
    ['more than 64 KB', sample.replace('</xml>', `<A>${'x'.repeat(66_000)}</A></xml>`)],
    ['a name that touches the prototype', '<xml><__proto__>1</__proto__></xml>'],
  ])('is not understood: %s', (_name, body) => {
    expect(decodePlain(body)).toMatchObject({ ok: false, error: { code: 'push.not-understood' } });
  });

  it('never expands entities', () => {
    const body = sample.replace('<![CDATA[186921658591]]>', '1&amp;2');
    expect(decodePlain(body)).toMatchObject({ ok: true, value: { code: '1&amp;2' } });
  });
});
