import { createParser } from 'eventsource-parser';
import { Agent, request } from 'undici';
import * as z from 'zod';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import {
  channelAnswerSchema,
  eventsPageSchema,
  longestWaitSeconds,
  newKeyAnswerSchema,
  type RelayedPush,
  type RelayFault,
  relayedPushSchema,
  relayFaultSchema,
} from '../../shared/relay/relay-wire.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

/** A stream that says nothing for so long is dead: the relay says something every 15 seconds. */
const silenceMs = 40_000;
const answerMs = 15_000;
const largestAnswerBytes = 32 * 1024 * 1024;

/** Where a channel is read, and by which key. */
export interface RelayAccess {
  /** Without a slash at its end. */
  readonly url: string;
  readonly key: string;
}

interface Asked {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly waitMs?: number;
}

const faultErrors: Partial<Record<RelayFault, AppError>> = {
  unauthorised: appError('relay.unauthorised'),
  'unknown-channel': appError('relay.unknown-channel'),
  'too-many-requests': appError('relay.busy'),
  'too-many-streams': appError('relay.busy'),
  stopping: appError('relay.busy'),
  'cursor-unknown': appError('relay.other-memory'),
  'cursor-of-another-channel': appError('relay.other-memory'),
};

/** Why there is no answer: what the relay says, or that nothing like a relay is there. */
function refusal(status: number, text: string): AppError {
  const read = relayFaultSchema.safeParse(parseOrNothing(text));
  if (!read.success) return appError('relay.not-a-relay', { status });
  return faultErrors[read.data.fault] ?? appError('relay.refused', { fault: read.data.fault });
}

function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreachable(error: unknown): { readonly ok: false; readonly error: AppError } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined;
  const reason = code ?? inner ?? (error instanceof Error ? error.name : 'unknown');
  return fail(appError('relay.unreachable', { reason }));
}

/** What a stream says: that it is open, and pushes as they come, as many as came at once. */
export interface StreamEars {
  readonly opened: () => void;
  readonly pushed: (pushes: readonly RelayedPush[]) => void;
}

export type RelayClient = ReturnType<typeof createRelayClient>;

/** Reads one channel of one relay over HTTP. Every failure comes as `relay.…`. */
export function createRelayClient({ url, key }: RelayAccess) {
  const dispatcher = new Agent({ allowH2: false, connect: { timeout: 10_000 }, maxResponseSize: largestAnswerBytes });
  // A stream has no end, so no largest size.
  const streamDispatcher = new Agent({ allowH2: false, connect: { timeout: 10_000 } });
  const authorization = `Bearer ${key}`;

  async function ask<Schema extends z.ZodType>(
    schema: Schema,
    asked: Asked,
    signal?: AbortSignal,
  ): Promise<Result<z.output<Schema>, AppError>> {
    const { method = 'GET', path, body, headers, waitMs = answerMs } = asked;
    const timeout = AbortSignal.timeout(waitMs);
    try {
      const answer = await request(`${url}${path}`, {
        method,
        dispatcher,
        headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) return fail(refusal(answer.statusCode, text));
      const read = schema.safeParse(parseOrNothing(text));
      return read.success ? ok(read.data) : fail(appError('relay.not-a-relay', { status: 200 }));
    } catch (error) {
      return unreachable(error);
    }
  }

  return {
    /** Whom the key belongs to. */
    channel: () => ask(channelAnswerSchema, { path: '/channel' }),
    /** Pushes after a cursor; with `waitSeconds` it waits for the next one. */
    page: (cursor: string, waitSeconds: number, signal?: AbortSignal) =>
      ask(
        eventsPageSchema,
        {
          path: `/events?${new URLSearchParams({ after: cursor, wait: String(Math.min(waitSeconds, longestWaitSeconds)) })}`,
          waitMs: waitSeconds * 1000 + answerMs,
        },
        signal,
      ),
    /** Says that everything up to there is in the records. */
    acknowledge: (cursor: string) => ask(z.object({}), { method: 'POST', path: '/events/ack', body: { cursor } }),
    /** Asks for a key that takes this one's place once it is used. */
    newKey: () => ask(newKeyAnswerSchema, { method: 'POST', path: '/key' }),
    /** Posts a push as WeChat does. @returns whether the relay took it */
    async push(channel: string, query: URLSearchParams, body: string): Promise<Result<void, AppError>> {
      try {
        const answer = await request(`${url}/wechat/${channel}?${query}`, {
          method: 'POST',
          dispatcher,
          headers: { 'content-type': 'text/xml' },
          body,
          signal: AbortSignal.timeout(answerMs),
        });
        const text = await answer.body.text();
        return answer.statusCode === 200 ? ok(undefined) : fail(refusal(answer.statusCode, text));
      } catch (error) {
        return unreachable(error);
      }
    },
    /**
     * Listens until the stream ends, fails, or the signal says so.
     * @returns why it ended; undefined where the relay or the signal ended it
     */
    async stream(cursor: string, ears: StreamEars, signal: AbortSignal): Promise<AppError | undefined> {
      try {
        const answer = await request(`${url}/events/stream`, {
          dispatcher: streamDispatcher,
          headers: {
            authorization,
            accept: 'text/event-stream',
            ...(cursor === '' ? {} : { 'last-event-id': cursor }),
          },
          headersTimeout: answerMs,
          bodyTimeout: silenceMs,
          signal,
        });
        if (answer.statusCode !== 200) return refusal(answer.statusCode, await answer.body.text());
        await readStream(answer.body, ears);
        return undefined;
      } catch (error) {
        return signal.aborted ? undefined : unreachable(error).error;
      }
    },
    async close(): Promise<void> {
      await Promise.all([dispatcher.destroy(), streamDispatcher.destroy()]);
    },
  };
}

async function readStream(body: AsyncIterable<Buffer>, { opened, pushed }: StreamEars): Promise<void> {
  let arrived: RelayedPush[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'open') opened();
      if (event === 'push') arrived.push(relayedPushSchema.parse(JSON.parse(data)));
    },
  });
  const decoder = new TextDecoder();
  for await (const bytes of body) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    if (arrived.length === 0) continue;
    const together = arrived;
    arrived = [];
    pushed(together);
  }
}
