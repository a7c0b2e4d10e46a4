import type { JsonObject } from './call.ts';
import { type Reply, refuse } from './replies.ts';

/** Whether a raw JSON text writes characters beyond ASCII as escapes, which WeChat refuses with 47002. */
function hasUnicodeEscape(raw: string): boolean {
  if (!raw.includes('\\u')) return false;
  for (const [, digits] of raw.matchAll(/\\(?:u([0-9a-f]{4})|.)/gi))
    if (digits !== undefined && Number.parseInt(digits, 16) > 0x7f) return true;
  return false;
}

/** The object in a request body: strict UTF-8, strict JSON, no escapes of Chinese. */
export function parseJsonBody(body: Buffer): JsonObject | Reply {
  if (body.length === 0) return refuse(44002);
  try {
    const raw = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    const value: unknown = JSON.parse(raw);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(47001);
    // Objects parsed from JSON have text keys only.
    return hasUnicodeEscape(raw) ? refuse(47002) : (value as JsonObject);
  } catch {
    return refuse(47001);
  }
}

export function isReply(value: JsonObject | Reply): value is Reply {
  return 'bare' in value && 'fields' in value;
}
