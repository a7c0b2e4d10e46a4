import * as z from 'zod';

/** What stood in the address that WeChat posted to, by the names of `push.receive`. */
const pushQuerySchema = z.strictObject({
  signature: z.string(),
  timestamp: z.string(),
  nonce: z.string(),
  /** Empty in plain mode. */
  msgSignature: z.string(),
});

/** A push as the relay hands it on: not decrypted, with all that is needed to check it once more. */
export const relayedPushSchema = z.strictObject({
  /** Where to go on after this one. Opaque. */
  cursor: z.string(),
  /** Milliseconds since 1970 at which the relay had stored it. */
  receivedAt: z.int(),
  query: pushQuerySchema,
  body: z.string(),
  /** Its timestamp was more than {@link staleSeconds} off the relay's clock: a wrong clock, or somebody who sends it again. */
  stale: z.boolean(),
});
export type RelayedPush = z.output<typeof relayedPushSchema>;

export const staleSeconds = 300;

/** Answer of `GET /events`. */
export const eventsPageSchema = z.strictObject({
  pushes: z.array(relayedPushSchema),
  /** Where to go on, also where there was nothing new. */
  cursor: z.string(),
});

/** Most pushes of one page, and the most that one may ask for. */
export const largestPage = 200;
/** Longest that `GET /events` waits for something new, in seconds. */
export const longestWaitSeconds = 25;

/** Answer of `GET /channel`: whom a key belongs to. */
export const channelAnswerSchema = z.strictObject({
  channel: z.string(),
  mode: z.enum(['safe', 'plain']),
  /** Made anew with every new store, so that a relay that lost its memory is noticed. */
  epoch: z.string(),
  device: z.string(),
});

/** Answer of `POST /key`: the key that takes over once it is used for the first time. */
export const newKeyAnswerSchema = z.strictObject({ key: z.string() });

/** Why a request was refused. */
export const relayFaults = [
  'unauthorised',
  'too-many-requests',
  'unknown-channel',
  'bad-signature',
  'not-understood',
  'plain-mode',
  'too-large',
  'cursor-of-another-channel',
  'cursor-unknown',
  'too-many-streams',
  'stopping',
  'not-stored',
  'not-found',
] as const;
export type RelayFault = (typeof relayFaults)[number];
export const relayFaultSchema = z.object({ fault: z.enum(relayFaults) });
