import { createDecipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encryptPush, signPush } from '../../../electron/practice/push-crypto.ts';
import vectors from '../../fixtures/push-vectors.json' with { type: 'json' };

describe.each(vectors.cases)('vector $name', (vector) => {
  test('is encrypted to the same bytes', () => {
    const random = Buffer.from(vectors.random16);
    const encrypted = encryptPush(vector.plaintext, vectors.encodingAESKey, vectors.appid, random);
    expect(encrypted).toBe(vector.encrypt);
  });

  test('is signed the same, with and without the cipher', () => {
    expect(signPush(vectors.token, vector.timestamp, vector.nonce)).toBe(vector.signature);
    expect(signPush(vectors.token, vector.timestamp, vector.nonce, vector.encrypt)).toBe(vector.msg_signature);
  });
});

describe("the platform's own published example", () => {
  const token = 'AAAAA';
  const key = 'A'.repeat(43);
  const appid = 'wxba5fad812f8e6fb9';

  test('has these signatures', () => {
    expect(signPush(token, '1714036504', '1514711492')).toBe('f464b24fc39322e44b38aa78f5edd27bd1441696');
    expect(signPush(token, '1714037059', '486452656')).toBe('899cf89e464efb63f54ddac96b0a0a235f53aa78');
    expect(signPush(token, '1714112445', '415670741')).toBe('6c5c811b55cc85e0e1b54100749188c20beb3f5d');
  });

  test('has this message, encrypted and signed', () => {
    const message =
      '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}';
    const encrypted = encryptPush(message, key, appid, Buffer.from('a8eedb185eb2fecf'));
    expect(encrypted).toBe(
      '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=',
    );
    expect(signPush(token, '1714112445', '415670741', encrypted)).toBe('046e02f8204d34f8ba5fa3b1db94908f3df2e9b3');
  });

  test('has this reply', () => {
    const encrypted = encryptPush('{"demo_resp":"good luck"}', key, appid, Buffer.from('707722b803182950'));
    expect(encrypted).toBe('ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==');
    expect(signPush(token, '1713424427', '415670741', encrypted)).toBe('1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1');
  });
});

test('every message comes back from its cipher, whatever its length', () => {
  const key = Buffer.from(`${vectors.encodingAESKey}=`, 'base64');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (message) => {
      const encrypted = Buffer.from(encryptPush(message, vectors.encodingAESKey, vectors.appid), 'base64');
      const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
      const full = Buffer.concat([decipher.update(encrypted), decipher.final()]);
      const padding = full.at(-1) ?? 0;
      const length = full.readUInt32BE(16);
      const found = {
        blocks: full.length % 32,
        padding: padding >= 1 && padding <= 32,
        message: full.subarray(20, 20 + length).toString(),
        appid: full.subarray(20 + length, -padding).toString(),
      };
      const message8 = Buffer.from(message).toString();
      expect(found).toEqual({ blocks: 0, padding: true, message: message8, appid: vectors.appid });
    }),
    { numRuns: 200 },
  );
});
