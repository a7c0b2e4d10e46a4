import PQueue from 'p-queue';
import { createCertificate } from './certificate.ts';
import { type Desk, type HeldName, holdName, openDesk, timeoutsOf, trust } from './desk.ts';
import type { Fault } from './fault.ts';
import { startFaultServer } from './fault-server.ts';
import { answeredFaults } from './faults-answered.ts';
import { unansweredFaults } from './faults-unanswered.ts';
import { type Semantics, semantics } from './ledger.ts';
import { type Played, playCase } from './play-case.ts';

export const allFaults: readonly Fault[] = [...unansweredFaults, ...answeredFaults];

export interface Plan {
  readonly seed: number;
  /** Cases for each fault and semantics. */
  readonly each: number;
  readonly faults: readonly Fault[];
  /** Only these cases: `fault/semantics/number`. */
  readonly only?: string | undefined;
  readonly onPlayed: (played: Played) => void;
  /** Once true, no further case is begun. */
  readonly isEnough?: () => boolean;
}

/** Lanes that mostly wait run side by side; of those that work, this many. */
const atWork = 4;

async function playLane(plan: Plan, lane: { readonly fault: Fault; readonly how: Semantics }, tools: Tools) {
  const { fault, how } = lane;
  const numbers = Array.from({ length: plan.each }, (_, index) => index).filter(
    (number) => plan.only === undefined || plan.only === `${fault.name}/${how}/${number}`,
  );
  if (numbers.length === 0 || plan.isEnough?.()) return;
  const desk = tools.desks.get(fault.hurry);
  if (!desk) throw new Error(`no desk for ${fault.hurry}`);
  const patienceMs = timeoutsOf[fault.hurry].insertMs;
  const server = await startFaultServer(
    fault.address === 'https' ? { patienceMs, tls: tools.certificate } : { patienceMs },
  );
  try {
    const host = fault.address === 'name' ? 'localhost' : '127.0.0.1';
    const scheme = fault.address === 'https' ? 'https' : 'http';
    const account = await desk.openAccount(`${scheme}://${host}:${server.port}`);
    for (const number of numbers)
      if (!plan.isEnough?.())
        plan.onPlayed(await playCase({ ...lane, ...account, desk, server, name: tools.name }, plan.seed, number));
  } finally {
    await server.close();
  }
}

interface Tools {
  readonly desks: ReadonlyMap<Fault['hurry'], Desk>;
  readonly name: HeldName;
  readonly certificate: ReturnType<typeof createCertificate>;
}

/** Every case of every fault under every semantics, through the whole program and real sockets. */
export async function playAll(plan: Plan): Promise<void> {
  const own = createCertificate();
  const trusted = trust([own.cert]);
  const name = holdName();
  const desks = new Map<Fault['hurry'], Desk>();
  try {
    for (const hurry of new Set(plan.faults.map((fault) => fault.hurry))) desks.set(hurry, await openDesk(hurry));
    const lanes = plan.faults.flatMap((fault) => semantics.map((how) => ({ fault, how })));
    const play = (lane: (typeof lanes)[number]) => playLane(plan, lane, { desks, name, certificate: own });
    const waiting = lanes.filter(({ fault }) => fault.hurry !== 'none').map(play);
    const queue = new PQueue({ concurrency: atWork });
    const isNamed = ({ fault }: (typeof lanes)[number]) => fault.address === 'name';
    const working = lanes.filter(({ fault }) => fault.hurry === 'none');
    const jobs = working.filter((lane) => !isNamed(lane)).map((lane) => queue.add(() => play(lane)));
    // There is one name to lose, so these take turns.
    const named = async () => {
      for (const lane of working.filter(isNamed)) await play(lane);
    };
    const ended = await Promise.allSettled([...waiting, ...jobs, queue.add(named)]);
    const broken = ended.find(({ status }) => status === 'rejected');
    if (broken?.status === 'rejected') throw broken.reason;
  } finally {
    for (const desk of desks.values()) await desk.close();
    name.restore();
    trusted.restore();
  }
}
