import { openDatabase } from '../../../electron/records/database.ts';
import { CrashSignal } from './crashing-records.ts';
import { BrokenRule } from './observer.ts';
import { createPeople, type People } from './people.ts';
import { createDisk, createWorld, type Disk, type World } from './world.ts';

/** Nothing of a seed may go on for ever. */
const mostStepsToTheEnd = 5000;

export interface SeedOutcome {
  readonly steps: number;
  readonly inserts: number;
  readonly repeats: number;
  readonly crashes: number;
  readonly cards: number;
  /** Orders with two cards, which only WeChat that takes everything makes, of a person's or its own "try again". */
  readonly doubles: number;
  /** Of everything that happened, in its order: the same for the same seed. */
  readonly hash: number;
}

export interface SeedFailure {
  readonly seed: number;
  readonly step: number;
  readonly reason: string;
  readonly trace: readonly string[];
}

export function openDisk(): Disk {
  const opened = openDatabase(':memory:');
  if (!opened.ok) throw new Error(opened.error.code);
  return createDisk(opened.value);
}

/** Lets everything happen that happens at this moment: Node comes to its next tick when no promise has work left. */
const atRest = () => new Promise<void>((resolve) => process.nextTick(resolve));
/** As that, and lets Node tell of rejections that nobody handled, which it does in a new turn only. */
const atNextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
/** A turn takes four times as long as a tick. */
const stepsOfTurn = 25;

async function runOut(world: World): Promise<void> {
  for (let steps = 0; world.timeline.step(); steps += 1) {
    if (steps > mostStepsToTheEnd) throw new BrokenRule('the program never comes to rest');
    await atRest();
    world.settle();
  }
}

/** The storm is over: everything that is unknown gets settled, everything that waits gets sent, nothing is left. */
async function bringToAnEnd(world: World, people: People): Promise<void> {
  const { wechat, observer, intents } = world;
  wechat.calm();
  world.program().killAtWritePoint(undefined);
  world.program().end();
  await atRest();
  world.settle();
  await runOut(world);
  if (intents.calling.size + observer.decisions.size > 0) throw new BrokenRule('a call of the program never ended');
  world.program().kill();
  await atRest();
  world.settle();
  for (const line of world.lines()) if (line[1] === 'unknown') people.askAgain(line);
  await atRest();
  world.settle();
  await runOut(world);
  for (const batchId of people.batches()) people.runBatch(batchId);
  await atRest();
  world.settle();
  await runOut(world);
  for (const [id, state] of world.lines())
    if (state === 'unknown' || state === 'sending') throw new BrokenRule(`invoice ${id} is ${state} in the end`);
}

function countDoubles({ wechat }: World): number {
  const orders = wechat.cards.map(({ orderId }) => orderId);
  return orders.length - new Set(orders).size;
}

/** Plays one seed to its end. Must not run beside another one in the same thread. */
export async function simulate(disk: Disk, seed: number, steps: number): Promise<SeedOutcome | SeedFailure> {
  const world = createWorld(disk, seed);
  const usualRandom = Math.random;
  Math.random = world.random.next;
  const astray = (error: unknown) => {
    if (!(error instanceof CrashSignal)) world.problems.push(error);
  };
  process.on('unhandledRejection', astray);
  let step = 0;
  try {
    const people = createPeople(world);
    await atRest();
    world.settle();
    for (; step < steps; step += 1) {
      people.step();
      await (step % stepsOfTurn === 0 ? atNextTurn() : atRest());
      world.settle();
    }
    await bringToAnEnd(world, people);
    await atNextTurn();
    world.settle();
  } catch (error) {
    const reason = error instanceof BrokenRule ? error.message : String(error instanceof Error ? error.stack : error);
    return { seed, step, reason, trace: world.trace };
  } finally {
    world.program().kill();
    // What this seed leaves behind must not be told of while the next one is played.
    await atNextTurn();
    Math.random = usualRandom;
    process.off('unhandledRejection', astray);
  }
  const { inserts, repeats } = world.observer.counts;
  return {
    steps: step,
    inserts,
    repeats,
    crashes: world.counts.crashes,
    cards: world.wechat.cards.length,
    doubles: countDoubles(world),
    hash: world.hash(),
  };
}
