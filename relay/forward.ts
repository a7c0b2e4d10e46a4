import { request } from 'undici';
import type { Metrics } from './metrics.ts';

/** WeChat waits five seconds; what is left after storing, and the way back, belongs to the server behind. */
export const forwardPatienceMs = 4200;
const longestAnswerBytes = 64 * 1024;

export interface ForwardedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export interface ForwardedRequest {
  readonly method: 'GET' | 'POST';
  /** What stood behind the question mark, unchanged. */
  readonly search: string;
  readonly contentType: string | undefined;
  readonly body: string | undefined;
}

/** The address of the server behind, with what WeChat put behind the question mark. */
function addressOf(forwardUrl: string, search: string): string {
  const url = new URL(forwardUrl);
  const own = url.search.replace(/^\?/, '');
  const given = search.replace(/^\?/, '');
  url.search = [own, given].filter((part) => part !== '').join('&');
  return url.href;
}

/**
 * Hands a request on to the server that the account had before.
 * @returns its answer, or undefined where it gave none within {@link forwardPatienceMs}, or one that is no success
 */
export async function forward(
  forwardUrl: string,
  { method, search, contentType, body }: ForwardedRequest,
  metrics: Metrics,
): Promise<ForwardedAnswer | undefined> {
  try {
    const answer = await request(addressOf(forwardUrl, search), {
      method,
      headers: contentType === undefined ? {} : { 'content-type': contentType },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(forwardPatienceMs),
      reset: true,
    });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    if (answer.statusCode === 200 && bytes.length <= longestAnswerBytes) {
      metrics.count('forwards_done');
      const type = answer.headers['content-type'];
      return {
        status: 200,
        contentType: (Array.isArray(type) ? type[0] : type) ?? 'text/plain',
        body: bytes.toString('utf8'),
      };
    }
  } catch {
    // Nobody there, or nobody in time: the push is stored, which is what counts.
  }
  metrics.count('forwards_failed');
  return undefined;
}
