import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The API's address in its normal form, without a slash at the end. Secrets and tokens travel to it, so it must be https;
 * http is for the practice server on this computer. A path is allowed (a merchant's own proxy).
 */
export function checkBaseUrl(url: string): Result<string, AppError> {
  const parsed = URL.parse(url);
  const isSafe =
    parsed !== null &&
    (parsed.protocol === 'https:' || (parsed.protocol === 'http:' && loopback.test(parsed.hostname))) &&
    parsed.username === '' &&
    parsed.password === '' &&
    !/[?#]/.test(url);
  // The address may hold a password or a token: it is shown up to there only.
  if (!isSafe) return fail(appError('account.base-url-not-allowed', { url: shownUrl(url) }));
  return ok(parsed.origin + parsed.pathname.replace(/\/+$/, ''));
}

function shownUrl(url: string): string {
  return url
    .replace(/[?#].*$/s, '')
    .replace(/\/\/[^/]*@/, '//')
    .slice(0, 200);
}
