import type { CustomScheme } from 'electron';

// Chromium refuses unknown schemes before DevTools can intercept them. So inside Chromium app://host/path is
// https://host.app.invalid/path, a secure origin of its own; the app is shown app:// wherever it looks.

type Handler = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, Handler>();
const privileged = new Map<string, CustomScheme>();

export function registerPrivileged(schemes: CustomScheme[]): void {
  for (const scheme of schemes) privileged.set(scheme.scheme, scheme);
}

export function setHandler(scheme: string, handler: Handler): void {
  if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
  handlers.set(scheme, handler);
}

export function removeHandler(scheme: string): void {
  if (!handlers.delete(scheme)) throw new Error(`Failed to remove protocol: ${scheme}`);
}

export function handlerOf(scheme: string): Handler | undefined {
  return handlers.get(scheme);
}

function isOurs(scheme: string): boolean {
  return handlers.has(scheme) || privileged.has(scheme);
}

/** app://host/path → what Chromium is given. */
export function toInner(url: string): string {
  const match = /^([a-z][a-z\d+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url);
  const [, scheme = '', host = '', rest = ''] = match ?? [];
  if (!match || !isOurs(scheme.toLowerCase())) return url;
  const tail = rest.startsWith('/') ? rest : `/${rest}`;
  return `https://${host || '_'}.${scheme.toLowerCase()}.invalid${tail}`;
}

/** What Chromium says → app://host/path. */
export function toOuter(url: string): string {
  const match = /^https:\/\/([^/?#]+)\.([a-z\d+-]+)\.invalid(.*)$/i.exec(url);
  const [, host = '', scheme = '', rest = ''] = match ?? [];
  return match && isOurs(scheme) ? `${scheme}://${host === '_' ? '' : host}${rest}` : url;
}

/** The origin of a page as the app sees it; `app://host` where the URL standard would say "null". */
export function outerOrigin(url: string): string {
  const match = /^([a-z][a-z\d+.-]*:)\/\/[^/?#]*/i.exec(toOuter(url));
  if (!match || match[1] === 'file:') return match ? 'file://' : 'null';
  return match[0];
}

/** Rewrites `app:` and app://host in a header (content-security-policy, location) for the inside of Chromium. */
export function innerHeader(name: string, value: string): string {
  if (name === 'location') return toInner(value);
  if (!name.startsWith('content-security-policy')) return value;
  const whole = value.replaceAll(/\b([a-z][a-z\d+-]*):\/\/([^\s;/]+)/gi, (found) => toInner(found).replace(/\/$/, ''));
  return whole.replaceAll(/(^|\s)([a-z][a-z\d+-]*):(?=\s|;|$)/gi, (found, before: string, scheme: string) =>
    isOurs(scheme.toLowerCase()) ? `${before}https://*.${scheme.toLowerCase()}.invalid` : found,
  );
}
