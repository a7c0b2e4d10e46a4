import { createPracticeControl } from '../../electron/practice/practice-control.ts';
import type { PracticeApp } from '../../electron/practice/practice-types.ts';
import { startChild } from './child.ts';

export const shop: PracticeApp = {
  appid: 'wx0123456789abcdef',
  secret: 'the-secret-of-the-shop-0123456789',
  customerMustAuthorise: false,
};

export interface PracticeTask {
  readonly app: PracticeApp;
}

/**
 * A practice server in a process of its own, its books in memory and empty.
 * @param delayMs waited before each call of the invoicing API is answered
 */
export async function startPractice(delayMs: number) {
  const child = startChild<PracticeTask, { readonly url: string }>('practice.ts');
  const { url } = await child.ask({ app: shop });
  const control = createPracticeControl(url);
  if (delayMs > 0)
    await control.misbehave({ kind: 'delay-ms', milliseconds: delayMs, path: '/card/invoice/', times: 1_000_000_000 });
  return { url, cards: async () => (await control.books()).cards.length, close: () => child.end() };
}
