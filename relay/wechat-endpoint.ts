import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type AddressPart, checkPush, isHandshakeOf } from './check-push.ts';
import { type ForwardedAnswer, forward } from './forward.ts';
import { type RelayParts, refuse } from './relay-parts.ts';
import type { Channel } from './store/store.ts';

/** WeChat's pushes have less than 2 KB. */
const largestBodyBytes = 64 * 1024;
const longestEcho = 256;

const plainText = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' } as const;

const queryOf = (context: Context): AddressPart => new URL(context.req.url).searchParams;

function passOn({ body, contentType, status }: ForwardedAnswer): Response {
  return new Response(body, { status, headers: { ...plainText, 'content-type': contentType } });
}

async function handOn({ metrics }: RelayParts, { forwardUrl }: Channel, context: Context, body?: string) {
  if (forwardUrl === null) return undefined;
  const method = body === undefined ? 'GET' : 'POST';
  const { search } = new URL(context.req.url);
  return forward(forwardUrl, { method, search, contentType: context.req.header('content-type'), body }, metrics);
}

/** The GET by which WeChat tests an address when it is entered in its console. */
async function answerHandshake(parts: RelayParts, channel: Channel, context: Context): Promise<Response> {
  const query = queryOf(context);
  const echo = query.get('echostr') ?? '';
  if (!isHandshakeOf(channel, query)) {
    parts.log.warn({ channel: channel.id }, 'handshake.refused');
    return refuse(context, 'bad-signature');
  }
  // Without a right signature, and longer, it would be somebody else's words in our name.
  if (echo === '' || echo.length > longestEcho) return refuse(context, 'not-understood');
  parts.log.info({ channel: channel.id }, 'handshake.answered');
  const forwarded = await handOn(parts, channel, context);
  return forwarded ? passOn(forwarded) : context.body(echo, 200, plainText);
}

/** Stores a push, then answers: never the other way round, since WeChat forgets it with the answer. */
async function takePush(parts: RelayParts, channel: Channel, context: Context): Promise<Response> {
  const { store, metrics, log, now } = parts;
  const body = await context.req.text();
  const checked = checkPush(channel, queryOf(context), body, now());
  if (!checked.ok) {
    metrics.count('pushes_refused');
    log.warn({ channel: channel.id, fault: checked.error, address: parts.addressOf(context) }, 'push.refused');
    return refuse(context, checked.error);
  }
  try {
    const isNew = await store.append(checked.value);
    metrics.count(isNew ? 'pushes_stored' : 'pushes_repeated');
  } catch (error) {
    // WeChat sends it again, three times in all.
    metrics.count('pushes_not_stored');
    log.error(
      { channel: channel.id, reason: error instanceof Error ? error.message : String(error) },
      'push.not-stored',
    );
    return refuse(context, 'not-stored');
  }
  if (checked.value.stale) {
    metrics.count('pushes_stale');
    log.warn({ channel: channel.id, timestamp: checked.value.query.timestamp }, 'push.stale');
  }
  const forwarded = await handOn(parts, channel, context, body);
  return forwarded ? passOn(forwarded) : context.body('success', 200, plainText);
}

/** `GET` and `POST /wechat/:channel`: the address that is entered in WeChat's console (API section 7). */
export function wechatEndpoint(parts: RelayParts): Hono {
  const app = new Hono();
  const withChannel =
    (answer: (parts: RelayParts, channel: Channel, context: Context) => Promise<Response>) =>
    async (context: Context) => {
      if (parts.stopping.aborted) return refuse(context, 'stopping');
      const channel = await parts.store.findChannel(context.req.param('channel') ?? '');
      return channel ? answer(parts, channel, context) : refuse(context, 'unknown-channel');
    };
  app.get('/:channel', withChannel(answerHandshake));
  app.post(
    '/:channel',
    bodyLimit({ maxSize: largestBodyBytes, onError: (context) => refuse(context, 'too-large') }),
    withChannel(takePush),
  );
  return app;
}
