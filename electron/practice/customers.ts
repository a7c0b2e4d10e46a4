import { randomBytes } from 'node:crypto';
import { createOrder } from './authorisation.ts';
import { orderKey } from './books.ts';
import { type Call, type Endpoints, type JsonObject, textOf } from './call.ts';
import type { PracticeContext } from './context.ts';
import type { OrderRecord } from './practice-types.ts';
import { accept, type Reply, refuse, refuseEmpty } from './replies.ts';
import { appidOfPlatformId } from './templates.ts';
import { toUserInfo } from './user-info.ts';

const ticketLifetimeMs = 7200_000;
const ticketTypes = ['wx_card', 'jsapi'];
const sources = ['app', 'web', 'wxa', 'wap'];

interface Ticket {
  readonly ticket: string;
  readonly expiresAt: number;
}

function readTicket(context: PracticeContext, appid: string, type: string): Ticket | undefined {
  // Written by getTicket only.
  const stored = context.books.meta.get(`ticket ${type} ${appid}`) as Ticket | undefined;
  return stored !== undefined && stored.expiresAt > context.now() ? stored : undefined;
}

function getTicket({ context, app, query }: Call): Reply {
  const type = query.get('type') ?? '';
  if (!ticketTypes.includes(type)) return refuse(40097);
  const kept = readTicket(context, app.appid, type);
  const ticket = kept ?? {
    ticket: randomBytes(64).toString('base64url'),
    expiresAt: context.now() + ticketLifetimeMs,
  };
  if (kept === undefined) context.books.meta.put(`ticket ${type} ${app.appid}`, ticket);
  return accept({ ticket: ticket.ticket, expires_in: Math.floor((ticket.expiresAt - context.now()) / 1000) });
}

/** Faults of the fields of getauthurl, named as 72031 names them. */
function checkAsked(json: JsonObject): Reply | undefined {
  for (const field of ['s_pappid', 'order_id', 'source', 'ticket'])
    if (textOf(json, field) === undefined) return refuseEmpty(field);
  for (const field of ['money', 'timestamp', 'type']) {
    if (json[field] === undefined) return refuseEmpty(field);
    if (!Number.isSafeInteger(json[field])) return refuse(47001);
  }
  if (!sources.includes(textOf(json, 'source') ?? '')) return refuse(72031, 'invalid params, source is error');
  if (![0, 1, 2].includes(Number(json['type']))) return refuse(72031, 'invalid params, type is error');
  return undefined;
}

function getAuthUrl({ context, app, json }: Call): Reply {
  if (!context.books.attributes.has(`${app.appid} contact`)) return refuse(72063);
  const fault = checkAsked(json);
  if (fault !== undefined) return fault;
  const platformAppid = appidOfPlatformId(context, textOf(json, 's_pappid') ?? '');
  if (platformAppid === undefined) return refuse(72031, 'invalid params, s_pappid is error');
  if (textOf(json, 'ticket') !== readTicket(context, app.appid, 'wx_card')?.ticket)
    return refuse(72031, 'invalid params, ticket is error');
  const orderId = textOf(json, 'order_id') ?? '';
  const known = context.books.orders.get(orderKey(app.appid, orderId));
  if (known?.state === 'rejected') return refuse(72035);
  const source = textOf(json, 'source') ?? '';
  const asked: OrderRecord = {
    ...(known ?? createOrder(app.appid, platformAppid, orderId)),
    platformAppid,
    money: Number(json['money']),
    type: Number(json['type']),
    source,
    redirectUrl: textOf(json, 'redirect_url') ?? '',
  };
  // What its customer agreed to stays as it was shown.
  const order = known?.state === 'authorised' ? known : asked;
  context.books.orders.put(orderKey(app.appid, orderId), order);
  const page = new URL('/bizmall/authinvoice', context.url());
  page.searchParams.set('action', 'auth');
  page.searchParams.set('appid', app.appid);
  page.searchParams.set('order_id', orderId);
  page.searchParams.set('key', order.pageKey);
  return accept({ auth_url: page.href, ...(source === 'wxa' ? { appid: app.appid } : {}) });
}

/** The order a call names, of a platform the call may speak for. */
function findOrder({ context, app, json }: Call): OrderRecord | Reply {
  for (const field of ['s_pappid', 'order_id']) if (textOf(json, field) === undefined) return refuseEmpty(field);
  const platformAppid = appidOfPlatformId(context, textOf(json, 's_pappid') ?? '');
  if (platformAppid === undefined) return refuse(72031, 'invalid params, s_pappid is error');
  const order = context.books.orders.get(orderKey(app.appid, textOf(json, 'order_id') ?? ''));
  return order === undefined || order.platformAppid !== platformAppid ? refuse(72038) : order;
}

function getAuthData(call: Call): Reply {
  const order = findOrder(call);
  if ('errcode' in order) return order;
  if (order.state === 'rejected') return refuse(72035);
  if (order.state !== 'authorised') return accept({ invoice_status: 'never auth', auth_time: 0 });
  const authTime = Math.floor((order.authorisedAt ?? 0) / 1000);
  return accept({ invoice_status: 'auth success', auth_time: authTime, ...toUserInfo(order) });
}

/** Rejecting is for ever: the order can neither be authorised nor inserted again. */
function rejectInsert(call: Call): Reply {
  const reason = textOf(call.json, 'reason');
  if (reason === undefined) return refuseEmpty('reason');
  const order = findOrder(call);
  if ('errcode' in order) return order;
  const { context, app } = call;
  if (order.state === 'rejected') return refuse(72035);
  if (context.books.orderCards.has(orderKey(app.appid, order.orderId))) return refuse(72024);
  if (order.state !== 'authorised') return refuse(72038);
  context.books.orders.put(orderKey(app.appid, order.orderId), { ...order, state: 'rejected', rejectReason: reason });
  return accept();
}

export const customerEndpoints: Endpoints = {
  '/cgi-bin/ticket/getticket': { method: 'GET', body: 'none', needs: 'token', handle: getTicket },
  '/card/invoice/getauthurl': { method: 'POST', body: 'json', needs: 'plugin', handle: getAuthUrl },
  '/card/invoice/getauthdata': { method: 'POST', body: 'json', needs: 'plugin', handle: getAuthData },
  '/card/invoice/rejectinsert': { method: 'POST', body: 'json', needs: 'plugin', handle: rejectInsert },
};
