import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Random } from '../../../scripts/samples/random.ts';
import type { Desk } from './desk.ts';
import { type KillStage, openKillStage } from './stage.ts';
import type { Workshop } from './workshop.ts';

export interface BatchPlan {
  readonly rows: number;
  readonly kills: number;
  /** Milliseconds since 1970, after which it goes no further. */
  readonly endsAt: number;
  readonly awakePlants: readonly string[];
}

export interface PlayedBatch {
  readonly problems: readonly string[];
  readonly kills: number;
  /** Orders whose outcome nobody knew after the last start. */
  readonly ambiguous: readonly string[];
  readonly cards: number;
}

const concurrency = 8;
const pollMs = 10;
const insertPath = '/card/invoice/insert';

/** Kills a large batch again and again inside, resumes it each time, and compares records and books at the end. */
export async function playBatch(workshop: Workshop, random: Random, plan: BatchPlan): Promise<PlayedBatch> {
  const { bundle, root } = workshop;
  const stage = await openKillStage({ bundle, root, drafts: 0, batchRows: plan.rows, isDirect: true });
  try {
    const kills = await killAndResume(workshop, stage, random, plan);
    Object.assign(globalThis, { awakePlants: plan.awakePlants });
    const desk = bundle.openDesk({ dataFolder: stage.dataFolder, program: 'the last start' });
    try {
      const { ambiguous, problems } = await judgeBatch(desk, stage);
      return { problems, kills, ambiguous, cards: stage.practice.books().cards.length };
    } finally {
      Object.assign(globalThis, { awakePlants: [] });
      await desk.close();
    }
  } finally {
    await stage.close();
  }
}

async function killAndResume({ nursery }: Workshop, stage: KillStage, random: Random, plan: BatchPlan) {
  const { endsAt } = plan;
  // Not among the last rows, where the batch might be done before the kill comes.
  const latest = plan.rows - 5 * concurrency;
  const moments = Array.from({ length: plan.kills }, () => random.below(latest)).toSorted((a, b) => a - b);
  let kills = 0;
  for (let isDone = false; !isDone && Date.now() < endsAt; ) {
    const moment = moments[kills] ?? Number.POSITIVE_INFINITY;
    const lagMs = random.below(40);
    const child = await nursery.take();
    const work = child.perform({
      dataFolder: stage.dataFolder,
      stepsFile: join(stage.dataFolder, 'steps.txt'),
      program: 'child',
      awakePlants: plan.awakePlants,
      calls: [{ name: 'batch.run', input: { batchId: stage.batchId, concurrency } }],
    });
    const isTime = waitForCards(stage, moment, endsAt).then(() => setTimeout(lagMs));
    const first = await Promise.race([work, isTime]);
    if (first === 'killed') throw new Error('the program ended by itself');
    isDone = first !== undefined;
    if (!isDone) kills += 1;
    child.kill();
    await child.gone;
    // What had left by then arrives.
    await setTimeout(pollMs);
  }
  return kills;
}

async function waitForCards({ practice }: KillStage, count: number, endsAt: number): Promise<void> {
  const closed = () => Date.now() >= endsAt;
  while (practice.books().cards.length < count && !closed()) await setTimeout(pollMs);
}

/** Inserts that WeChat got, by order. */
function insertsByOrder({ practice }: KillStage): Map<string, number> {
  const { calls, callsDropped } = practice.books();
  if (callsDropped > 0) throw new Error('the books dropped calls');
  const counts = new Map<string, number>();
  for (const { path, body } of calls) {
    if (path !== insertPath) continue;
    const order = /"order_id":"([^"]*)"/.exec(body)?.[1] ?? 'an order that did not come';
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  return counts;
}

async function judgeBatch(desk: Desk, stage: KillStage) {
  const problems: string[] = [];
  const { rows } = await desk.succeed('batch.get', { batchId: stage.batchId });
  const cards = new Map(stage.practice.books().cards.map(({ orderId, code }) => [orderId, code]));
  for (const [order, count] of insertsByOrder(stage)) if (count > 1) problems.push(`${count} inserts for ${order}`);
  for (const { orderId, state } of rows) {
    if (state === 'issued' && !cards.has(orderId)) problems.push(`${orderId} is issued without a card`);
    if (state !== 'issued' && state !== 'unknown' && cards.has(orderId))
      problems.push(`${orderId} is ${state} with a card`);
  }
  const unknown = rows.filter(({ state }) => state === 'unknown');
  for (const { invoiceId } of unknown) if (invoiceId !== null) await desk.call('invoice.askAgain', { invoiceId });
  const after = await desk.succeed('batch.get', { batchId: stage.batchId });
  const { total, issued } = after.batch.counts;
  const books = stage.practice.books().cards;
  if (new Set(books.map(({ orderId }) => orderId)).size !== books.length) problems.push('two cards for one order');
  if (issued !== books.length) problems.push(`${issued} rows are issued, there are ${books.length} cards`);
  if (issued !== total) problems.push(`${issued} of ${total} rows are issued in the end`);
  return { problems, ambiguous: unknown.map(({ orderId }) => orderId) };
}
