import * as z from 'zod';
import type { Text } from '../text.ts';

/**
 * What the customer does on the authorisation page. `collect`: takes an invoice that is there already (type 2);
 * `apply`: asks for one, the title being known (type 0); `apply-with-title`: asks for one and fills in the title (type 1).
 */
export const authorisationKinds = ['collect', 'apply-with-title', 'apply'] as const;
export type AuthorisationKind = (typeof authorisationKinds)[number];

/** `type` of getauthurl. */
export const authorisationTypes: Readonly<Record<AuthorisationKind, 0 | 1 | 2>> = {
  collect: 2,
  'apply-with-title': 1,
  apply: 0,
};

/** Where the link is opened: in an app, in WeChat, in a mini program, in a browser. */
export const orderSources = ['web', 'wap', 'app', 'wxa'] as const;
export type OrderSource = (typeof orderSources)[number];

/**
 * How far an order is. `no-link`: there is no link yet; `waiting`: its customer has not decided; `failed`: WeChat says
 * that the authorisation failed; `authorised`: it can be issued; `issuing`: its invoice is on its way, or its outcome is
 * not known; `rejecting`: it was to be rejected, and no answer came; `dismissed`: nobody waits for it any more.
 */
export const orderStages = [
  'no-link',
  'waiting',
  'failed',
  'authorised',
  'issuing',
  'issued',
  'rejecting',
  'rejected',
  'dismissed',
] as const;
export type OrderStage = (typeof orderStages)[number];

export const orderStageLabels: Readonly<Record<OrderStage, Text>> = {
  'no-link': { zhCN: '待取链接', en: 'No link yet' },
  waiting: { zhCN: '等客户授权', en: 'Waiting' },
  failed: { zhCN: '授权失败', en: 'Failed' },
  authorised: { zhCN: '已授权，待开具', en: 'Authorised' },
  issuing: { zhCN: '开具中', en: 'Issuing' },
  issued: { zhCN: '已开具', en: 'Issued' },
  rejecting: { zhCN: '拒绝中，结果未知', en: 'Not confirmed' },
  rejected: { zhCN: '已拒绝开票', en: 'Rejected' },
  dismissed: { zhCN: '不再等待', en: 'Not waited for' },
};

/** What the customer filled in on the authorisation page; what was not asked or left out is empty. */
export const userTitleSchema = z.strictObject({
  kind: z.enum(['company', 'person']),
  title: z.string(),
  taxNumber: z.string(),
  address: z.string(),
  phone: z.string(),
  bankName: z.string(),
  bankAccount: z.string(),
  email: z.string(),
  custom: z.array(z.strictObject({ key: z.string(), value: z.string() })),
});
export type UserTitle = z.output<typeof userTitleSchema>;
