import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Child } from './children.ts';
import type { ProgramBundle } from './program-bundle.ts';
import type { Race } from './race-plan.ts';
import type { KillStage } from './stage.ts';
import type { Told } from './task.ts';

export interface PlayedRace {
  readonly problems: readonly string[];
  /** How often each outcome was told. */
  readonly outcomes: readonly string[];
}

/** What the loser of a race may be told; anything else is a surprise. */
const expected: ReadonlySet<string> = new Set([
  'ok',
  'database.locked',
  'invoice.busy',
  'invoice.wrong-state',
  'batch.running',
]);

/** Longer than a message takes to get there. */
const headStartMs = 6;
/** Longer than a race takes, mostly. */
const latestDeathMs = 120;
const longestMs = 30_000;

interface RaceParts {
  readonly bundle: ProgramBundle;
  readonly stage: KillStage;
  readonly children: readonly Child[];
  readonly race: Race;
  readonly number: number;
  readonly awakePlants: readonly string[];
}

export async function playRace(parts: RaceParts): Promise<PlayedRace> {
  const { bundle, stage, race } = parts;
  const dataFolder = await stage.copyFor(parts.number);
  stage.wire.beginLedger();
  stage.wire.steer({ onStep: () => 'go on', isInsertNext: () => false });
  Object.assign(globalThis, { awakePlants: ['no-backups'] });
  if (race.beginsUnknown) await loseAnswer(bundle, stage, dataFolder, race);
  const sentBefore = stage.wire.inserts().length;
  const { told, killed, isLate } = await runTogether(parts, dataFolder);
  await stage.wire.settled();
  const problems = [
    ...(isLate ? [`a process was not done within ${longestMs / 1000} s`] : []),
    ...told
      .filter(({ outcome }) => !expected.has(outcome) && !(outcome === 'killed' && killed.length > 0))
      .map(({ call, outcome }) => `${call} said ${outcome}`),
    ...judgeLock(dataFolder, race.processes.length),
    ...judgeWire(stage, sentBefore, race),
    ...(await judgeRecords(parts, dataFolder, killed.length > 0)),
  ];
  await stage.remove(dataFolder);
  return { problems, outcomes: told.map(({ outcome }) => outcome) };
}

/** Issues once so that the card is made and its answer is not heard. */
async function loseAnswer(bundle: ProgramBundle, stage: KillStage, dataFolder: string, race: Race): Promise<void> {
  const [invoiceId = 0] = race.invoiceIds;
  const desk = bundle.openDesk({ dataFolder, program: 'before the race' });
  stage.wire.steer({ onStep: (step) => (step === 'insert processed' ? 'stop' : 'go on'), isInsertNext: () => false });
  await desk.call('invoice.issue', { invoiceId });
  stage.wire.behave();
  const { invoice } = await desk.succeed('invoice.get', { invoiceId });
  if (invoice.state !== 'unknown') throw new Error(`without its answer the invoice is ${invoice.state}`);
  await desk.close();
  await stage.wire.settled();
}

const stepsOf = (dataFolder: string, index: number) => join(dataFolder, `steps-${index}.txt`);

async function runTogether({ children, race, awakePlants }: RaceParts, dataFolder: string) {
  const killed: Child[] = [];
  const timers: NodeJS.Timeout[] = [];
  let isLate = false;
  const kill = (child: Child) => {
    killed.push(child);
    child.kill();
  };
  const isTooLong = (child: Child) => {
    isLate = true;
    kill(child);
  };
  let closed = race.processes.length;
  const opened = () => {
    closed -= 1;
    if (closed > 0) return;
    const beginAt = Date.now() + headStartMs;
    for (const index of race.processes.keys()) children[index]?.begin(beginAt + (index === 1 ? race.lagMs : 0));
    const [first] = children;
    if (first && race.killFirstAt !== undefined)
      timers.push(setTimeout(kill, headStartMs + race.killFirstAt * latestDeathMs, first));
  };
  const results = await Promise.all(
    race.processes.map(async (calls, index) => {
      const child = children[index];
      if (!child) throw new Error('a race without its processes');
      timers.push(setTimeout(isTooLong, longestMs, child));
      const task = {
        dataFolder,
        program: `racer ${index}`,
        stepsFile: stepsOf(dataFolder, index),
        awakePlants: ['no-backups', ...awakePlants],
        calls,
        waitsToBegin: true,
        waitForLock: race.waitForLock,
      };
      return child.perform(task, opened);
    }),
  );
  for (const timer of timers) clearTimeout(timer);
  await Promise.all(killed.map(({ gone }) => gone));
  const told: Told[] = results.flatMap((one) => (one === 'killed' ? { call: 'process', outcome: 'killed' } : one));
  return { told, killed, isLate };
}

/** The times during which the lock was certainly held; those of two processes must not touch. */
function judgeLock(dataFolder: string, processes: number): string[] {
  const held = Array.from({ length: processes }, (_, index) => index).flatMap((index) => {
    const path = stepsOf(dataFolder, index);
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
    const marks = lines.flatMap((line) => {
      const mark = /^(lock|unlock) (\d+)$/.exec(line);
      return mark ? { isLock: mark[1] === 'lock', at: BigInt(mark[2] ?? 0) } : [];
    });
    // One without its end was killed; from its last sign on nothing is certain.
    return marks.flatMap((mark, at) => {
      const end = marks[at + 1];
      return mark.isLock && end && !end.isLock ? { index, from: mark.at, to: end.at } : [];
    });
  });
  return held.flatMap((one) =>
    held.some((other) => other.index > one.index && other.from < one.to && one.from < other.to)
      ? 'two processes held the lock at once'
      : [],
  );
}

function judgeWire({ wire }: KillStage, before: number, race: Race): string[] {
  const sent = wire.inserts().slice(before);
  const allowed = race.beginsUnknown ? race.asked : 1;
  const counts = new Map<string, number>();
  for (const { orderId = 'an order that did not come' } of sent) counts.set(orderId, (counts.get(orderId) ?? 0) + 1);
  return [...counts].flatMap(([order, count]) => (count > allowed ? `${count} inserts for ${order}` : []));
}

/** Starts the program once more; without a death nothing may be unknown, and in the end each order has one card. */
async function judgeRecords({ bundle, stage, race }: RaceParts, dataFolder: string, wasKilled: boolean) {
  const problems: string[] = [];
  const desk = bundle.openDesk({ dataFolder, program: 'after the race' });
  try {
    for (const invoiceId of race.invoiceIds) {
      const { invoice } = await desk.succeed('invoice.get', { invoiceId });
      const { state, fields } = invoice;
      const cards = stage.practice.books().cards.filter(({ orderId }) => orderId === fields.orderId);
      const say = (text: string) => problems.push(`invoice ${invoiceId} (${fields.orderId}) is ${state}: ${text}`);
      if (cards.length > 1) say(`${cards.length} cards`);
      if (state === 'unknown' && !wasKilled) say('every answer came');
      if (state === 'issued' && cards.length !== 1) say(`${cards.length} cards`);
      if (['draft', 'prepared', 'rejected'].includes(state) && cards.length > 0) say('there is a card');
      // Whoever lost the lock may have lost it to one that issued another row only.
      const operation = state === 'unknown' ? 'invoice.askAgain' : 'invoice.issue';
      if (state !== 'issued') await desk.call(operation, { invoiceId });
      const after = (await desk.succeed('invoice.get', { invoiceId })).invoice.state;
      const made = stage.practice.books().cards.filter(({ orderId }) => orderId === fields.orderId).length;
      if (after !== 'issued' || made !== 1) say(`in the end it is ${after} with ${made} cards`);
    }
  } finally {
    await desk.close();
    await stage.wire.settled();
  }
  return problems;
}
