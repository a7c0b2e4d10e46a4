import type { Invoice } from '../../../shared/contract/invoice-operations.ts';
import type { KillStage } from '../kill/stage.ts';
import type { Scene, Told } from './disk-flows.ts';

/** What may be told of a disk that is in the way; anything else leaves a person helpless. */
const clearCodes: ReadonlySet<string> = new Set([
  'ok',
  'database.unavailable',
  'database.locked',
  'answer.not-saved',
  'batch.stopped-by-account',
  'file.not-writable',
]);

function judgeInvoice(
  stage: KillStage,
  { state, cardCode, fields: { orderId } }: Invoice,
  told: readonly Told[],
): string[] {
  const problems: string[] = [];
  const say = (text: string) => problems.push(`${orderId} is ${state}: ${text}`);
  const cards = stage.practice.books().cards.filter((card) => card.orderId === orderId);
  const [card] = cards;
  const requests = stage.wire.inserts().filter((insert) => insert.orderId === orderId).length;
  if (cards.length > 1) say(`${cards.length} cards`);
  // Each was asked for once, and a second request is for a person to decide.
  if (requests > 1) say(`${requests} requests on the wire`);
  if (state === 'sending') say('nobody is sending');
  if (state === 'rejected') say('nobody refused it');
  if (state === 'issued' && cardCode !== card?.code) say(`its card is ${card?.code}`);
  if (['draft', 'prepared'].includes(state) && card) say('there is a card');
  const isTold = told.some(({ said }) => card !== undefined && said.includes(card.code) && said.includes(orderId));
  if (state === 'unknown' && card && !isTold) say('its code was answered, and nobody was told');
  return problems;
}

/** Where records and books contradict each other after the next start, and what was told in a way that helps nobody. */
export async function judgeCards({ desk, stage }: Scene, told: readonly Told[]): Promise<string[]> {
  const unclear = told
    .filter(({ outcome }) => !clearCodes.has(outcome))
    .map(({ call, outcome }) => `${call} was told ${outcome}`);
  const { invoices } = await desk.succeed('invoice.list', { limit: 100 });
  return [...unclear, ...invoices.flatMap((invoice) => judgeInvoice(stage, invoice, told))];
}
