import { randomBytes } from 'node:crypto';
import type { Pairing } from '../accounts/pairing-code.ts';
import { encryptPush, signPush } from '../practice/push-crypto.ts';
import { testEvent } from './apply-pushes.ts';

export interface TestPush {
  /** By which it is known when it comes back. */
  readonly mark: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** A push as WeChat would send it, signed and encrypted with the account's own words, about nothing. */
export function composeTestPush({ token, encodingAesKey }: Pairing, appid: string, now: number): TestPush {
  const mark = randomBytes(9).toString('base64url');
  const timestamp = String(Math.floor(now / 1000));
  const nonce = String(randomBytes(4).readUInt32BE());
  const message = `<xml><ToUserName>gh_test</ToUserName><FromUserName>test</FromUserName><CreateTime>${timestamp}</CreateTime><MsgType>event</MsgType><Event>${testEvent}</Event><EventKey>${mark}</EventKey></xml>`;
  const encrypt = encryptPush(message, encodingAesKey, appid);
  const query = new URLSearchParams({
    signature: signPush(token, timestamp, nonce),
    timestamp,
    nonce,
    encrypt_type: 'aes',
    msg_signature: signPush(token, timestamp, nonce, encrypt),
  });
  return { mark, query, body: `<xml><ToUserName>gh_test</ToUserName><Encrypt>${encrypt}</Encrypt></xml>` };
}
