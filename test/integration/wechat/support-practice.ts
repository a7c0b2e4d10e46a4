import { onTestFinished } from 'vitest';
import { createPracticeControl, type PracticeControl } from '../../../electron/practice/practice-control.ts';
import { startPracticeServer } from '../../../electron/practice/practice-server.ts';
import type { MisbehaviourInput } from '../../../electron/practice/practice-types.ts';
import type { WeChatClient, WeChatClientOptions } from '../../../electron/wechat/client.ts';
import type { AuthorisationRequest } from '../../../electron/wechat/client-types.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { Result } from '../../../shared/result.ts';
import { errorFromWeChat, type WeChatCall, wechatErrors } from '../../../shared/wechat/error-table.ts';
import { appSecret, startClient } from './support-server.ts';

export const appid = 'wx0123456789abcdef';
export const app = { appid, secret: appSecret, customerMustAuthorise: true };

/** A practice server with one account, and a client for it; both end with the test. */
export async function startPractice(changes: Partial<WeChatClientOptions> = {}) {
  const server = await startPracticeServer({ apps: [app] });
  if (!server.ok) throw new Error(server.error.code);
  onTestFinished(() => server.value.close());
  const control = createPracticeControl(server.value.url);
  return { control, url: server.value.url, ...startClient(server.value.url, changes) };
}

export const unwrap = <Value>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: { code: string } },
): Value => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

export const contact = { phone: '0571-88886666', timeOutSeconds: 86_400 };

/** As {@link startPractice}, with all that an authorisation link needs. */
export async function startMerchant(changes: Partial<WeChatClientOptions> = {}) {
  const practice = await startPractice(changes);
  const { platformId } = unwrap(await practice.client.obtainPlatformId());
  unwrap(await practice.client.saveContact(contact));
  const orderOf = (part: Partial<AuthorisationRequest> = {}): AuthorisationRequest => ({
    ...{ platformId, orderId: 'ORDER-0001', moneyFen: 11_300, kind: 'collect', source: 'web', redirectUrl: '' },
    ...part,
  });
  return { ...practice, platformId, orderOf };
}

/** Every code of the documents but those of the token itself, which are repeated with a new one. */
const errcodes = Object.keys(wechatErrors).map(Number);
const repeated: readonly number[] = [40001, 40014, 42001];

/** Has the server refuse a call with every code there is, and tells which of the client's answers are not as they must be. */
export async function refuseWithEvery(
  { control, client }: { readonly control: PracticeControl; readonly client: WeChatClient },
  name: WeChatCall,
  path: string,
  call: (client: WeChatClient) => Promise<Result<unknown, AppError>>,
): Promise<unknown[]> {
  const wrong: unknown[] = [];
  for (const errcode of errcodes) {
    const times = repeated.includes(errcode) ? 2 : 1;
    await control.misbehave({ kind: 'errcode', path, errcode, errmsg: 'some words', times });
    const answer = await call(client);
    const { code, ...expected } = errorFromWeChat({ errcode, errmsg: 'some words', call: name });
    const isRight =
      !answer.ok &&
      code === `wechat.${errcode}` &&
      answer.error.code === code &&
      answer.error.class === expected.class &&
      answer.error.text.zhCN === expected.text.zhCN &&
      answer.error.nextStep.en === expected.nextStep.en &&
      answer.error.details['call'] === name;
    if (!isRight) wrong.push({ errcode, answer });
    if ((await control.misbehaviours()).length > 0) wrong.push({ errcode, unasked: true });
    await control.behave();
  }
  return wrong;
}

/** How a call ends when the way there or back is disturbed; `null`: the caller never notices. */
interface Disturbance {
  readonly rule: Omit<MisbehaviourInput, 'path'>;
  /** Of a call that may be repeated once. */
  readonly repeated: string | null;
  readonly once: string;
}

export const disturbances: readonly Disturbance[] = [
  { rule: { kind: 'hang' }, repeated: 'network.timeout', once: 'network.timeout' },
  { rule: { kind: 'drop-before' }, repeated: null, once: 'network.broken' },
  { rule: { kind: 'drop-after' }, repeated: null, once: 'network.broken' },
  { rule: { kind: 'drop-after', end: 'rst' }, repeated: null, once: 'network.broken' },
  { rule: { kind: 'drop-after', end: 'rst', times: 2 }, repeated: 'network.broken', once: 'network.broken' },
  { rule: { kind: 'http-status' }, repeated: 'wechat.http-status', once: 'wechat.http-status' },
  { rule: { kind: 'html-200' }, repeated: 'wechat.not-understood', once: 'wechat.not-understood' },
  { rule: { kind: 'garbage-body' }, repeated: 'wechat.not-understood', once: 'wechat.not-understood' },
];

/** Time limits that a test can wait for. */
export const impatient = { connectMs: 2000, headersMs: 400, bodyMs: 400 };
