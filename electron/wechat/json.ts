/**
 * JSON as raw UTF-8. WeChat refuses `\uXXXX` escapes (47002), which JSON.stringify writes for unpaired surrogates only, so
 * those become U+FFFD first.
 */
export function encodeJson(value: unknown): Uint8Array {
  const text = JSON.stringify(value, (_key, item: unknown) => (typeof item === 'string' ? item.toWellFormed() : item));
  return new TextEncoder().encode(text);
}

/**
 * Parses JSON without losing digits: an integer beyond 2^53 (WeChat's media ids are 64 bits wide) becomes the string of
 * its digits. Throws SyntaxError.
 */
export function parseJson(text: string): unknown {
  const keepDigits = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? context?.source
      : value;
  return JSON.parse(text.replace(/^\ufeff/, ''), keepDigits);
}
