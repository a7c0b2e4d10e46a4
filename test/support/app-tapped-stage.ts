import { expect, onTestFinished } from 'vitest';
import { type Stage, startStage } from './app-under-test.ts';
import { startWireTap, type TappedRequest, type WireTap } from './app-wire-tap.ts';

/** A stage whose calls can be read as they went over the wire. */
export async function startTapped(): Promise<Stage & { readonly tap: WireTap }> {
  const taps: WireTap[] = [];
  const stage = await startStage({
    baseUrl: async (practiceUrl) => {
      const tap = await startWireTap(practiceUrl);
      taps.push(tap);
      return tap.url;
    },
  });
  const [tap] = taps;
  if (!tap) throw new Error('the tap was not started');
  onTestFinished(() => tap.close());
  return { ...stage, tap };
}

/** The body of a request that was sent as JSON. */
export const jsonOf = ({ body }: TappedRequest): unknown => JSON.parse(body.toString('utf8'));

/** What every call of the API has in common: POST, the token in the address, JSON as its type where it is JSON. */
export function expectJsonCall(sent: TappedRequest, query: Readonly<Record<string, string>> = {}): void {
  expect(sent.method).toBe('POST');
  expect(sent.headers['content-type']).toBe('application/json');
  const { access_token: token, ...rest } = Object.fromEntries(sent.query);
  expect(token).toMatch(/^[\w-]{20,512}$/);
  expect(rest).toEqual(query);
  // Chinese stands there as itself: escapes are refused with 47002.
  expect(sent.body.toString('utf8')).not.toMatch(/\\u[0-9a-f]{4}/i);
}
