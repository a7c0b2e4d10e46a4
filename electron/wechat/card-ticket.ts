import * as z from 'zod';
import type { AppError } from '../../shared/errors/app-error.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../support/clock.ts';
import { secondsSchema } from './answer.ts';
import type { Caller } from './call.ts';

interface Ticket {
  readonly value: string;
  /** Milliseconds since 1970; from then on a new one is fetched first. */
  readonly renewAtMs: number;
}

export interface TicketStore {
  /** The ticket at hand, or a new one. */
  obtain(): Promise<Result<string, AppError>>;
  /** Another ticket after WeChat turned `refused` away; the same one where another cannot be had now. */
  replace(refused: string): Promise<Result<string, AppError>>;
}

const longestHeadStartMs = 300_000;
// WeChat lets it be fetched "a very limited number" of times, and a run of hundreds of orders may be refused for it.
const betweenReplacedMs = 60_000;

const answerSchema = z.object({ ticket: z.string().min(1), expires_in: secondsSchema });

/** Keeps the account's ticket for authorisation pages, which lives two hours: one request at a time for all callers. */
export function createTicketStore({ caller, clock }: { readonly caller: Caller; readonly clock: Clock }): TicketStore {
  let cached: Ticket | undefined;
  let flight: Promise<Result<Ticket, AppError>> | undefined;
  let lastReplacedAtMs = Number.NEGATIVE_INFINITY;

  async function request(): Promise<Result<Ticket, AppError>> {
    const askedAtMs = clock.now();
    const answer = await caller.call({
      name: 'getticket',
      path: '/cgi-bin/ticket/getticket?type=wx_card',
      isRead: true,
      schema: answerSchema,
    });
    if (!answer.ok) return answer;
    const lifetimeMs = answer.value.expires_in * 1000;
    const renewAtMs = askedAtMs + lifetimeMs - Math.min(longestHeadStartMs, lifetimeMs / 10);
    cached = { value: answer.value.ticket, renewAtMs };
    return ok(cached);
  }

  async function share(): Promise<Result<string, AppError>> {
    flight ??= request().finally(() => {
      flight = undefined;
    });
    const ticket = await flight;
    return ticket.ok ? ok(ticket.value.value) : ticket;
  }

  return {
    async obtain() {
      return cached && clock.now() < cached.renewAtMs ? ok(cached.value) : share();
    },
    async replace(refused) {
      if (flight || !cached) return share();
      const isRecent = clock.now() - lastReplacedAtMs < betweenReplacedMs;
      if (cached.value !== refused || isRecent) return ok(cached.value);
      lastReplacedAtMs = clock.now();
      return share();
    },
  };
}
