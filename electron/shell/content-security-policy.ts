/** The word the built page carries where its nonce belongs. */
export const noncePlace = '__CSP_NONCE__';

/**
 * Sent with every answer; the page has no way out of the program but the bridge. The nonce lets the component kit's own
 * style elements in, and no others.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "worker-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
