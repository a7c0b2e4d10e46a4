import { randomBytes } from 'node:crypto';
import { encryptPush, signPush } from '../../electron/practice/push-crypto.ts';
import type { ChannelWords } from '../../relay/channel-setup.ts';

export const appid = 'wx0123456789abcdef';

/** What stands in the address and body of a push in safe mode. */
export interface SafePush {
  readonly query: URLSearchParams;
  readonly body: string;
}

/** A push as WeChat sends it, with its signature over the closed body. */
export function safePush(
  words: Pick<ChannelWords, 'token' | 'encodingAesKey'>,
  message: string,
  at = Date.now(),
): SafePush {
  const timestamp = String(Math.floor(at / 1000));
  const nonce = String(randomBytes(4).readUInt32BE());
  const encrypt = encryptPush(message, words.encodingAesKey, appid);
  const query = new URLSearchParams({
    signature: signPush(words.token, timestamp, nonce),
    timestamp,
    nonce,
    openid: 'oOPENID',
    encrypt_type: 'aes',
    msg_signature: signPush(words.token, timestamp, nonce, encrypt),
  });
  return {
    query,
    body: `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`,
  };
}

/** The message of a changed status. */
export function statusMessage(code: string, status: string, createTime: number, cardId = 'pCARD'): string {
  return `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oOPENID]]></FromUserName><CreateTime>${createTime}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[update_invoice_status]]></Event><Status><![CDATA[${status}]]></Status><CardId><![CDATA[${cardId}]]></CardId><Code><![CDATA[${code}]]></Code></xml>`;
}
