import { createHash, randomBytes } from 'node:crypto';
import { type Call, type Endpoints, objectOf, textOf } from './call.ts';
import type { PracticeContext } from './context.ts';
import { accept, type Reply, refuse, refuseEmpty } from './replies.ts';

/** How long texts of a template may be, in Chinese characters. */
const longest: Readonly<Record<string, number>> = {
  title: 9,
  custom_url_name: 5,
  custom_url_sub_title: 6,
  promotion_url_name: 5,
  promotion_url_sub_title: 6,
};

/** WeChat's width: everything of East Asia counts two, the rest one. An oracle of its own, apart from the client's. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const isNarrow = point < 0x1100 || (point >= 0x2000 && point < 0x2e80) || (point >= 0xff61 && point < 0xffe0);
    width += isNarrow ? 1 : 2;
  }
  return width;
}

/** Both ways of counting are reported, so both must fit. */
function isTooLong(text: string, chinese: number): boolean {
  return widthOf(text) > 2 * chinese || Buffer.byteLength(text) > 3 * chinese;
}

/** Id of the platform, always the same for one account: base64url of 51 bytes that begin with `<appid>_`. */
export function platformIdOf(appid: string): string {
  const prefix = Buffer.from(`${appid}_`);
  const filler = createHash('sha512').update(`platform ${appid}`).digest();
  return Buffer.concat([prefix, filler.subarray(0, Math.max(16, 51 - prefix.length))]).toString('base64url');
}

/** The account a platform id belongs to. */
export function appidOfPlatformId(context: PracticeContext, platformId: string): string | undefined {
  for (const { appid } of context.books.apps.values()) if (platformIdOf(appid) === platformId) return appid;
  return undefined;
}

function setUrl({ app }: Call): Reply {
  const invoiceUrl = `https://mp.weixin.qq.com/bizmall/authinvoice?action=list&s_pappid=${platformIdOf(app.appid)}`;
  return accept({ invoice_url: invoiceUrl });
}

function isLogo(context: PracticeContext, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, pathname } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  return host === 'mmbiz.qpic.cn' || context.books.images.has(pathname);
}

function createCard({ context, app, json }: Call): Reply {
  const info = objectOf(json, 'invoice_info');
  if (info === undefined) return refuseEmpty('invoice_info');
  const base = objectOf(info, 'base_info');
  if (base === undefined) return refuseEmpty('base_info');
  for (const field of ['payee', 'type']) if (textOf(info, field) === undefined) return refuseEmpty(field);
  for (const field of ['logo_url', 'title']) if (textOf(base, field) === undefined) return refuseEmpty(field);
  for (const [field, value] of Object.entries(base))
    if (typeof value !== 'string' && field in longest) return refuse(47001);
  for (const [field, chinese] of Object.entries(longest))
    if (isTooLong(textOf(base, field) ?? '', chinese)) return refuse(45021);
  if (!isLogo(context, textOf(base, 'logo_url') ?? '')) return refuse(72031, 'invalid params, logo_url is error');
  const cardId = `p${randomBytes(21).toString('base64url').slice(0, 27)}`;
  context.books.templates.put(cardId, { cardId, appid: app.appid, createdAt: context.now(), content: info });
  return accept({ card_id: cardId });
}

export const templateEndpoints: Endpoints = {
  '/card/invoice/seturl': { method: 'POST', body: 'json', needs: 'plugin', handle: setUrl },
  '/card/invoice/platform/createcard': { method: 'POST', body: 'json', needs: 'plugin', handle: createCard },
};
