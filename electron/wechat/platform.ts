import * as z from 'zod';
import type { AppError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Caller } from './call.ts';
import type { PlatformId } from './client-types.ts';
import { notUnderstood } from './failures.ts';
import { encodeJson } from './json.ts';

/** API section 1: the address customers authorise at, and in it the platform's id s_pappid. */
export async function obtainPlatformId(caller: Caller, appid: string): Promise<Result<PlatformId, AppError>> {
  const answer = await caller.call({
    name: 'seturl',
    path: '/card/invoice/seturl',
    isRead: true,
    body: () => encodeJson({}),
    schema: z.object({ invoice_url: z.string().min(1) }),
  });
  if (!answer.ok) return answer;
  const invoiceUrl = answer.value.invoice_url;
  const platformId = readPlatformId(invoiceUrl);
  if (platformId === undefined)
    return fail(
      notUnderstood({ zhCN: 'invoice_url 里没有 s_pappid', en: 'invoice_url holds no s_pappid' }, invoiceUrl),
    );
  return ok({ invoiceUrl, platformId, prefix: comparePrefix(platformId, appid) });
}

/** The s_pappid of an address. Not by URLSearchParams, which makes a space of its `+`. */
export function readPlatformId(invoiceUrl: string): string | undefined {
  const raw = /[?&]s_pappid=([^&#\s]+)/.exec(invoiceUrl)?.[1];
  if (raw === undefined) return undefined;
  return /%(?![0-9a-f]{2})/i.test(raw) ? raw : decodeLeniently(raw);
}

function decodeLeniently(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    // Percent signs that are not UTF-8: as it stands is the best that is known.
    return raw;
  }
}

/** Known ids are base64url of bytes that begin with `<appid>_`; nowhere documented. */
export function comparePrefix(platformId: string, appid: string): PlatformId['prefix'] {
  const decoded = Buffer.from(platformId, 'base64').toString('latin1');
  if (decoded.startsWith(`${appid}_`)) return 'matches';
  return /^wx[0-9a-f]{16}_/.test(decoded) ? 'differs' : 'unreadable';
}
