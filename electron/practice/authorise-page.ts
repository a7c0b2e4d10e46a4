import { decide } from './authorisation.ts';
import { orderKey } from './books.ts';
import type { PracticeContext } from './context.ts';
import type { HttpAnswer } from './http.ts';
import type { OrderRecord } from './practice-types.ts';
import { pushAuthorisation } from './push.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

function page(title: string, content: string, status = 200): HttpAnswer {
  const html = `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:24em;margin:2em auto;padding:0 1em;color:#222}
label{display:block;margin:.8em 0}input{width:100%;font:inherit;padding:.4em;box-sizing:border-box}
button{font:inherit;padding:.5em 2em;margin-right:1em;border:1px solid #ccc;border-radius:4px;background:#fff}
button[value=allow]{background:#07c160;border-color:#07c160;color:#fff}small{color:#666}</style></head>
<body><h1>${escapeHtml(title)}</h1>${content}<p><small>练习服务器页面，不是真实的微信。</small></p></body></html>`;
  return {
    status,
    contentType: 'text/html; charset=utf-8',
    body: Buffer.from(html),
    headers: {
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'cache-control': 'no-store',
    },
  };
}

function findOrder(context: PracticeContext, query: URLSearchParams): OrderRecord | undefined {
  const order = context.books.orders.get(orderKey(query.get('appid') ?? '', query.get('order_id') ?? ''));
  return order !== undefined && order.pageKey === query.get('key') ? order : undefined;
}

const unknown = page('链接无效', '<p>这个授权链接不存在或已失效。</p>', 404);

/** The page a customer opens from `auth_url`. Type 1 asks for the title as well. */
export function showAuthorisePage(context: PracticeContext, query: URLSearchParams): HttpAnswer {
  const order = findOrder(context, query);
  if (order === undefined) return unknown;
  const money = (order.money / 100).toFixed(2);
  const fields =
    order.type === 1
      ? '<label>发票抬头<input name="title" required maxlength="200"></label><label>纳税人识别号（个人不填）<input name="tax_number" maxlength="40"></label>'
      : '';
  const form = `<p>订单号：<b>${escapeHtml(order.orderId)}</b><br>金额：¥${money}</p><p>同意把这张发票放入您的微信卡包吗？</p>
<form method="post">${fields}<button name="decision" value="allow">授权</button><button name="decision" value="deny" formnovalidate>拒绝</button></form>`;
  return page(order.type === 2 ? '领取发票' : '申请开票', form);
}

/** What pressing one of the buttons does. */
export async function submitAuthorisePage(
  context: PracticeContext,
  query: URLSearchParams,
  form: URLSearchParams,
): Promise<HttpAnswer> {
  const order = findOrder(context, query);
  if (order === undefined) return unknown;
  if (order.state === 'rejected') return page('商家已拒绝开票', '<p>请联系商家。</p>');
  const title = form.get('title') ?? '';
  const buyer = title === '' ? null : { title, taxNumber: form.get('tax_number') ?? '' };
  const decided = decide(context, order, form.get('decision') === 'allow', buyer);
  await context.books.settle();
  await pushAuthorisation(context, decided);
  return decided.state === 'authorised'
    ? page('授权成功', '<p>商家开票后，发票会出现在您的卡包里。</p>')
    : page('已拒绝', '<p>您没有授权，商家不能开票到您的卡包。</p>');
}
