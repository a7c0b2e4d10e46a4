import * as z from 'zod';
import { appErrorSchema } from '../errors/app-error.ts';
import { secretPlaces } from './account-operations.ts';
import { idSchema, instantSchema, nothingSchema, operation } from './operation.ts';

/**
 * How an account's events come in. `live`: as they arrive. `polling`: asked for at intervals, since the stream does not
 * get through. `offline`: the relay is not reached, and it is tried again. `refused`: trying again helps nothing before
 * somebody acts; `error` says what to do.
 */
export const feedStates = ['connecting', 'live', 'polling', 'offline', 'refused'] as const;
export type FeedState = (typeof feedStates)[number];

export const relaySchema = z.strictObject({
  accountId: idSchema,
  /** Where the relay answers, without a slash at its end. */
  relayUrl: z.string(),
  channel: z.string(),
  /** Where the pairing's secrets are: never the secrets. */
  secretPlace: z.enum(secretPlaces),
  /** Whether the account's calls to WeChat go through it, from its one fixed address. */
  carriesCalls: z.boolean(),
  pairedAt: instantSchema,
  state: z.enum(feedStates),
  /** Since when it is in this state. */
  since: instantSchema,
  /** Why it is offline or refused. */
  error: appErrorSchema.nullable(),
  lastEventAt: instantSchema.nullable(),
  /** Seconds from WeChat's push to this computer, of the last event. Null: none came since the start. */
  lagSeconds: z.number().nullable(),
  /** Pushes that came and could not be decoded: kept, and decoded once the keys fit. */
  unread: z.int(),
  /** Since when the relay's memory is not the one this computer knew: it was set up anew or put back from a copy. */
  resetAt: instantSchema.nullable(),
});
export type Relay = z.output<typeof relaySchema>;

export const unreadPushSchema = z.strictObject({
  id: idSchema,
  accountId: idSchema,
  receivedAt: instantSchema,
  reason: appErrorSchema,
});
export type UnreadPush = z.output<typeof unreadPushSchema>;

const ofAccount = z.strictObject({ accountId: idSchema });

/** The relay that receives WeChat's pushes for an account, and what it delivers. */
export const relayOperations = {
  'relay.pair': operation({
    summary: { zhCN: '用配对码接入中继', en: 'Connect an account to its relay by the pairing code' },
    apiSection: 7,
    input: z.strictObject({ accountId: idSchema, pairingCode: z.string().trim().min(1).max(4096) }),
    output: relaySchema,
  }),
  'relay.unpair': operation({
    summary: { zhCN: '断开中继，删除密钥', en: 'Disconnect the relay and remove its keys' },
    input: ofAccount,
    output: nothingSchema,
  }),
  'relay.list': operation({
    summary: { zhCN: '列出各账号的中继和它现在的状态', en: "List the accounts' relays and how they are" },
    input: nothingSchema,
    output: z.strictObject({ relays: z.array(relaySchema) }),
  }),
  'relay.reconnect': operation({
    summary: { zhCN: '现在就重新连接中继', en: 'Connect to the relay again now' },
    input: ofAccount,
    output: nothingSchema,
  }),
  'relay.test': operation({
    summary: {
      zhCN: '向中继发一条签名的测试推送，等它到达这里',
      en: 'Send a signed test push to the relay and wait until it arrives here',
    },
    input: ofAccount,
    output: z.strictObject({
      /** From sending it until it stood in the records here. */
      milliseconds: z.number(),
    }),
  }),
  'relay.rotateKey': operation({
    summary: { zhCN: '更换中继的访问密钥', en: 'Replace the key by which the relay is read' },
    input: ofAccount,
    output: relaySchema,
  }),
  'relay.setRoute': operation({
    summary: {
      zhCN: '对微信的调用直接发出，或经过中继（IP 白名单只填中继的地址）',
      en: 'Let calls to WeChat go straight, or through the relay, whose one address is on the IP allow-list',
    },
    input: ofAccount.extend({ carriesCalls: z.boolean() }),
    output: relaySchema,
  }),
  'push.listUnread': operation({
    summary: { zhCN: '列出收到但无法解读的推送', en: 'List pushes that came and could not be decoded' },
    input: z.strictObject({ accountId: idSchema.optional(), limit: z.int().min(1).max(500).default(50) }),
    output: z.strictObject({ pushes: z.array(unreadPushSchema) }),
  }),
  'push.readAgain': operation({
    summary: { zhCN: '重新解读无法解读的推送', en: 'Decode the pushes again that could not be decoded' },
    input: ofAccount,
    output: z.strictObject({
      /** How many can be read now. */
      read: z.int(),
      left: z.int(),
    }),
  }),
};
