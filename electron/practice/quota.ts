import { type Endpoints, textOf } from './call.ts';
import type { PracticeContext } from './context.ts';
import { accept, type Reply, refuse } from './replies.ts';

const clearsPerMonth = 10;

/** WeChat's day begins at midnight in Beijing. */
function beijingDay(now: number): number {
  return Math.floor((now + 8 * 3_600_000) / 86_400_000);
}

interface Used {
  readonly window: number;
  readonly count: number;
}

function countOne(context: PracticeContext, key: string, window: number): number {
  // Written here only.
  const used = context.books.meta.get(key) as Used | undefined;
  const count = used?.window === window ? used.count + 1 : 1;
  context.books.meta.put(key, { window, count });
  return count;
}

function usedToday(context: PracticeContext, appid: string, path: string): number {
  const used = context.books.meta.get(`day ${appid} ${path}`) as Used | undefined;
  return used?.window === beijingDay(context.now()) ? used.count : 0;
}

/** Counts a call where a limit is set; the refusal once it is over. */
export function countCall(context: PracticeContext, appid: string, path: string): Reply | undefined {
  const { dailyLimit, minuteLimit } = context.settings();
  const now = context.now();
  if (dailyLimit !== null && countOne(context, `day ${appid} ${path}`, beijingDay(now)) > dailyLimit)
    return refuse(45009);
  if (minuteLimit !== null && countOne(context, `minute ${appid} ${path}`, Math.floor(now / 60_000)) > minuteLimit)
    return refuse(45011);
  return undefined;
}

/** The daily limit shown where none is set. */
const shownLimit = 100_000;

/** @param paths the addresses that exist */
export function createQuotaEndpoints(paths: () => readonly string[]): Endpoints {
  return {
    '/cgi-bin/openapi/quota/get': {
      method: 'POST',
      body: 'json',
      needs: 'token',
      handle: ({ context, app, json }) => {
        const path = textOf(json, 'cgi_path');
        if (path === undefined || !paths().includes(path)) return refuse(76021);
        const limit = context.settings().dailyLimit ?? shownLimit;
        const used = usedToday(context, app.appid, path);
        return accept({
          quota: { daily_limit: limit, used, remain: Math.max(0, limit - used) },
          rate_limit: { call_count: context.settings().minuteLimit ?? 10_000, refresh_second: 60 },
        });
      },
    },
    '/cgi-bin/clear_quota': {
      method: 'POST',
      body: 'json',
      needs: 'token',
      handle: ({ context, app, json }) => {
        if (textOf(json, 'appid') !== app.appid) return refuse(40013);
        const month = new Date(context.now() + 8 * 3_600_000).toISOString().slice(0, 7);
        const window = Number(month.replace('-', ''));
        if (countOne(context, `clears ${app.appid}`, window) > clearsPerMonth) return refuse(48006);
        for (const path of paths()) {
          context.books.meta.delete(`day ${app.appid} ${path}`);
          context.books.meta.delete(`minute ${app.appid} ${path}`);
        }
        return accept();
      },
    },
    '/cgi-bin/openapi/rid/get': {
      method: 'POST',
      body: 'json',
      needs: 'token',
      handle: ({ context, app, json }) => {
        const rid = textOf(json, 'rid');
        if (rid === undefined || !/^[0-9a-f]{8}(-[0-9a-f]{8}){2}$/.test(rid)) return refuse(76002);
        const found = context.journal.rid(rid);
        if (found === undefined) return refuse(76001);
        const { appid, ...request } = found;
        return appid === app.appid ? accept({ request }) : refuse(76003);
      },
    },
  };
}
