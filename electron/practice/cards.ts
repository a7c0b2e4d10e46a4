import { randomBytes, randomInt } from 'node:crypto';
import { orderKey } from './books.ts';
import type { Call, Endpoints } from './call.ts';
import type { PracticeContext } from './context.ts';
import { checkNumbers, type InsertRequest, readInsert } from './insert-fields.ts';
import { checkPdfText, readPdfText } from './pdf-text.ts';
import { findPdf } from './pdfs.ts';
import type { CardRecord, OrderRecord } from './practice-types.ts';
import { accept, type Reply, refuse } from './replies.ts';

/** An openid: `o` and 27 URL-safe characters. */
export function createOpenid(): string {
  return `o${randomBytes(21).toString('base64url').slice(0, 27)}`;
}

/** Twelve digits that no card has yet; leading zeros occur. */
function createCode(context: PracticeContext): string {
  const code = String(randomInt(1_000_000_000_000)).padStart(12, '0');
  return context.books.cards.has(code) ? createCode(context) : code;
}

function checkOrder(call: Call, { appid, orderId }: InsertRequest): Reply | undefined {
  const order = call.context.books.orders.get(orderKey(appid, orderId));
  if (order?.state === 'rejected') return refuse(72035);
  const isAuthorised = order?.state === 'authorised' && order.platformAppid === call.app.appid;
  if (isAuthorised) return undefined;
  return appid === call.app.appid && !call.app.customerMustAuthorise ? undefined : refuse(72038);
}

function checkTemplate({ context, app }: Call, cardId: string): Reply | undefined {
  const template = context.books.templates.get(cardId);
  if (template === undefined || template.appid !== app.appid) return refuse(40073);
  const age = context.now() - template.createdAt;
  return age < context.settings().templateSettleSeconds * 1000 ? refuse(40078) : undefined;
}

function numberKey({ billingCode, billingNo }: InsertRequest): string {
  return `${billingCode}/${billingNo}`;
}

function checkRepetition({ context }: Call, request: InsertRequest): Reply | undefined {
  const { duplicates, repeatedOrderErrcode } = context.settings();
  if (duplicates === 'accept-everything') return undefined;
  const isOrderUsed = context.books.orderCards.has(orderKey(request.appid, request.orderId));
  if (duplicates === 'by-order-and-number' && isOrderUsed) return refuse(repeatedOrderErrcode);
  return context.books.numbers.has(numberKey(request)) ? refuse(72042) : undefined;
}

function checkPdfs({ context, app }: Call, { mediaId, tripMediaId }: InsertRequest): Reply | undefined {
  const isFree = context.settings().duplicates === 'accept-everything';
  const ids = tripMediaId === undefined ? [mediaId] : [mediaId, tripMediaId];
  for (const id of ids) {
    const pdf = findPdf(context, app.appid, id);
    if (pdf === undefined || (pdf.linkedCode !== null && !isFree)) return refuse(72040);
  }
  return undefined;
}

function checkContent({ context, app }: Call, request: InsertRequest): Reply | undefined {
  if (app.checkPdfNumber !== true) return undefined;
  return checkPdfText(context.books.pdfs.get(request.mediaId)?.text ?? '', request);
}

function customerOf(context: PracticeContext, { appid, orderId }: InsertRequest): string {
  const order: OrderRecord | undefined = context.books.orders.get(orderKey(appid, orderId));
  return order?.state === 'authorised' ? order.openid : createOpenid();
}

/** Writes the card and everything that follows from it, in one synchronous stretch. */
function makeCard({ context, app }: Call, request: InsertRequest): CardRecord {
  const { books } = context;
  const at = context.now();
  const card: CardRecord = {
    code: createCode(context),
    cardId: request.cardId,
    appid: app.appid,
    orderId: request.orderId,
    openid: customerOf(context, request),
    status: 'INVOICE_REIMBURSE_INIT',
    lockedBy: null,
    createdAt: at,
    nonceStr: request.nonceStr,
    invoice: request.invoice,
    history: [{ at, status: 'INVOICE_REIMBURSE_INIT', by: 'insert' }],
  };
  books.cards.put(card.code, card);
  books.orderCards.put(orderKey(request.appid, request.orderId), card.code);
  books.numbers.put(numberKey(request), card.code);
  for (const id of [request.mediaId, request.tripMediaId ?? '']) {
    const pdf = books.pdfs.get(id);
    if (pdf !== undefined) books.pdfs.put(id, { ...pdf, linkedCode: card.code });
  }
  return card;
}

async function insert(call: Call): Promise<Reply> {
  const request = readInsert(call.json);
  if ('errcode' in request) return request;
  // Reading a PDF takes time; from here on nothing waits, so that two equal calls cannot both pass.
  if (call.app.checkPdfNumber === true) await readPdfText(call.context, request.mediaId);
  call.context.journal.noteNonce(request.nonceStr);
  const refusal =
    checkOrder(call, request) ??
    checkTemplate(call, request.cardId) ??
    checkRepetition(call, request) ??
    checkNumbers(request) ??
    checkPdfs(call, request) ??
    checkContent(call, request);
  if (refusal !== undefined) return refusal;
  const { code, openid } = makeCard(call, request);
  return accept({ code, openid });
}

export const cardEndpoints: Endpoints = {
  '/card/invoice/insert': { method: 'POST', body: 'json', needs: 'plugin', handle: insert },
};
