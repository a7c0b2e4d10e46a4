import { formatYuan } from '../../shared/invoice/money.ts';
import { type AskedField, askedFields, type BuyerKind, readBuyer } from './asked-fields.ts';
import { decide } from './authorisation.ts';
import { orderKey } from './books.ts';
import { textOf } from './call.ts';
import type { PracticeContext } from './context.ts';
import { escapeHtml, htmlPage } from './html-page.ts';
import type { HttpAnswer } from './http.ts';
import type { OrderRecord } from './practice-types.ts';
import { pushAuthorisation } from './push.ts';

function findOrder(context: PracticeContext, query: URLSearchParams): OrderRecord | undefined {
  const order = context.books.orders.get(orderKey(query.get('appid') ?? '', query.get('order_id') ?? ''));
  return order !== undefined && order.pageKey === query.get('key') ? order : undefined;
}

const unknown = htmlPage('链接无效', '<p>这个授权链接不存在或已失效。</p>', 404);

/** What is asked for and why it could not be taken as it was. */
interface Attempt {
  readonly form: URLSearchParams;
  readonly alert: string;
}

function orderHtml(context: PracticeContext, order: OrderRecord): string {
  const contact = context.books.attributes.get(`${order.appid} contact`);
  const phone = contact && textOf(contact, 'phone');
  const call = phone === undefined ? '' : `<br>商家电话：${escapeHtml(phone)}`;
  const money = formatYuan(order.money, { symbol: true, grouped: false });
  return `<p>订单号：<b>${escapeHtml(order.orderId)}</b><br>金额：${money}${call}</p>`;
}

function fieldHtml({ name, label, isRequired, notice, inputType, longest }: AskedField, value: string): string {
  const attributes = [
    `name="${escapeHtml(name)}" type="${inputType}" maxlength="${longest}"`,
    ...(notice === '' ? [] : [`placeholder="${escapeHtml(notice)}"`]),
    ...(value === '' ? [] : [`value="${escapeHtml(value)}"`]),
    ...(isRequired ? ['required'] : []),
  ];
  return `<label>${escapeHtml(label)}${isRequired ? '' : '（选填）'}<input ${attributes.join(' ')}></label>`;
}

function kindLinks(query: URLSearchParams, chosen: BuyerKind): string {
  const link = (kind: BuyerKind, words: string) => {
    const target = new URLSearchParams(query);
    target.set('kind', kind);
    const mark = kind === chosen ? ' aria-current="page"' : '';
    return `<a href="?${escapeHtml(target.toString())}"${mark}>${words}</a>`;
  };
  return `<nav aria-label="抬头类型">${link('company', '企业抬头')}${link('person', '个人抬头')}</nav>`;
}

function titleFields(
  context: PracticeContext,
  order: OrderRecord,
  query: URLSearchParams,
  form: URLSearchParams | undefined,
): string {
  const kind = form === undefined ? asKind(query.get('kind')) : kindOfForm(form);
  const fields = askedFields(context, order.appid, kind);
  const inputs = fields.map((field) => fieldHtml(field, form?.get(field.name) ?? ''));
  return `${kindLinks(query, kind)}<input type="hidden" name="kind" value="${kind}">${inputs.join('')}`;
}

function asKind(kind: string | null): BuyerKind {
  return kind === 'person' ? 'person' : 'company';
}

/** A form that does not say whose title it holds is a company's where it has a tax number. */
function kindOfForm(form: URLSearchParams): BuyerKind {
  return asKind(form.get('kind') ?? (form.get('tax_number') ? 'company' : 'person'));
}

function formPage(context: PracticeContext, order: OrderRecord, query: URLSearchParams, attempt?: Attempt): HttpAnswer {
  const fields = order.type === 1 ? titleFields(context, order, query, attempt?.form) : '';
  const denied = order.state === 'denied' ? '<p>您上次没有授权，现在仍可以授权。</p>' : '';
  const alert = attempt === undefined ? '' : `<p role="alert">${escapeHtml(attempt.alert)}</p>`;
  const buttons =
    '<button name="decision" value="allow">授权</button><button name="decision" value="deny" formnovalidate>拒绝</button>';
  const content = `${orderHtml(context, order)}${denied}<p>同意把这张发票放入您的微信卡包吗？</p>${alert}
<form method="post">${fields}${buttons}</form>`;
  return htmlPage(order.type === 2 ? '领取发票' : '申请开票', content, attempt === undefined ? 200 : 400);
}

/** The way back to the merchant, for pages opened in WeChat's own browser only; no address but one of the web. */
function wayBack({ source, redirectUrl }: OrderRecord): string {
  if (source !== 'web' || !/^https?:\/\//i.test(redirectUrl) || !URL.canParse(redirectUrl)) return '';
  return `<p><a href="${escapeHtml(redirectUrl)}" rel="noreferrer">返回商家</a></p>`;
}

/** The page of an order of which nothing is left to decide. */
function settledPage(context: PracticeContext, order: OrderRecord): HttpAnswer | undefined {
  if (order.state === 'rejected') {
    const reason = order.rejectReason ?? '';
    const said = reason === '' ? '' : `<p>商家说明：${escapeHtml(reason)}</p>`;
    return htmlPage('商家已拒绝开票', `${orderHtml(context, order)}${said}<p>请联系商家。</p>`);
  }
  if (order.state !== 'authorised') return undefined;
  const hasCard = context.books.orderCards.has(orderKey(order.appid, order.orderId));
  const words = hasCard ? '发票已经在您的卡包里。' : '商家开票后，发票会出现在您的卡包里。';
  return htmlPage('已经授权', `${orderHtml(context, order)}<p>${words}</p>${wayBack(order)}`);
}

/** The page a customer opens from `auth_url`. Type 1 asks for the title as well. */
export function showAuthorisePage(context: PracticeContext, query: URLSearchParams): HttpAnswer {
  const order = findOrder(context, query);
  if (order === undefined) return unknown;
  return settledPage(context, order) ?? formPage(context, order, query);
}

/** What pressing one of the buttons does. */
export async function submitAuthorisePage(
  context: PracticeContext,
  query: URLSearchParams,
  form: URLSearchParams,
): Promise<HttpAnswer> {
  const order = findOrder(context, query);
  if (order === undefined) return unknown;
  const settled = settledPage(context, order);
  if (settled !== undefined) return settled;
  const decision = form.get('decision');
  if (decision !== 'allow' && decision !== 'deny')
    return formPage(context, order, query, { form, alert: '请选择授权或拒绝。' });
  const isTitleAsked = order.type === 1 && decision === 'allow';
  const kind = kindOfForm(form);
  const filled = isTitleAsked ? readBuyer(askedFields(context, order.appid, kind), kind, form) : undefined;
  if (filled !== undefined && filled.faults.length > 0)
    return formPage(context, order, query, { form, alert: `请填写或改正：${filled.faults.join('、')}` });
  const decided = decide(context, order, decision === 'allow', filled?.buyer ?? null);
  await context.books.settle();
  await pushAuthorisation(context, decided);
  return decided.state === 'authorised'
    ? htmlPage('授权成功', `<p>商家开票后，发票会出现在您的卡包里。</p>${wayBack(decided)}`)
    : htmlPage('已拒绝', `<p>您没有授权，商家不能开票到您的卡包。</p>${wayBack(decided)}`);
}
