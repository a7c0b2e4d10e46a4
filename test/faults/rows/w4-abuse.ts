import { chanceOf } from '../network/chance.ts';
import { abuse, abuses, dawdle, pushEvenly } from '../relay/abuse.ts';
import { buildRelay } from '../relay/build-relay.ts';
import { startRelayProcess } from '../relay/children.ts';
import { type RelayPlantName, relayPlants } from '../relay/plants.ts';
import { createWorld, removeWorld, statusName, storedIn } from '../relay/play.ts';
import { statusOf } from '../relay/pusher.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';

interface Form {
  readonly seconds: number;
  readonly abusesPerSecond: number;
  readonly pushesPerSecond: number;
  readonly sockets: number;
}

const shortForm: Form = { seconds: 8, abusesPerSecond: 150, pushesPerSecond: 20, sockets: 200 };
const longForm: Form = { seconds: 600, abusesPerSecond: 450, pushesPerSecond: 50, sockets: 1000 };
const bitten: Form = { ...shortForm, seconds: 3, sockets: 20 };
const mostMb = 150;
/** The target; and what WeChat waits for at most, which alone counts where other work is going on beside. */
const longestWaitMs = { long: 1000, short: 5000 } as const;

/** Good pushes go on while everybody else does what they should not. */
async function besiege(
  form: Form,
  { seed }: FaultOptions,
  how: { readonly script?: string; readonly plant?: RelayPlantName },
) {
  const { plant, ...manner } = how;
  const world = await createWorld();
  const relay = await startRelayProcess(world.store, world.port, plant, {
    ...manner,
    options: ['--trusted-proxies', '1'],
  });
  try {
    const endsAt = Date.now() + form.seconds * 1000;
    const isOver = () => Date.now() > endsAt;
    let peakMb = 0;
    const weigh = async () => {
      while (!isOver()) {
        peakMb = Math.max(peakMb, await relay.residentMb());
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    };
    const chance = chanceOf(seed, `abuse ${plant ?? ''}`);
    const [seen, cut, good] = await Promise.all([
      abuse(world.target, { perSecond: form.abusesPerSecond, chance, isOver }),
      dawdle(world.target, { sockets: form.sockets, isOver }),
      pushEvenly(world.target, { perSecond: form.pushesPerSecond, isOver }),
      weigh(),
    ]);
    const isAlive = relay.isAlive();
    await relay.stop();
    const stored = new Set(await storedIn(world));
    const lost = good.acknowledged.filter((number) => !stored.has(statusName(statusOf(number))));
    return { seen, cut, good, lost, peakMb, isAlive };
  } finally {
    await relay.kill();
    removeWorld(world);
  }
}

async function run(options: FaultOptions): Promise<FaultResult> {
  const { long, say } = options;
  const form = long ? longForm : shortForm;
  const { seen, cut, good, lost, peakMb, isAlive } = await besiege(form, options, { script: await buildRelay() });
  for (const line of new Set(seen.wrong)) say(`answered wrongly: ${line}`);
  const total = [...seen.counts.values()].reduce((sum, count) => sum + count, 0);
  const planted = await besiege(bitten, options, { plant: 'no-limit' });
  const { name } = relayPlants['no-limit'];
  say(`planted: ${name}: ${planted.seen.wrong.length} answered wrongly`);
  const isQuick = good.p99 < longestWaitMs[long ? 'long' : 'short'] && good.acknowledged.length === good.sent;
  return {
    figure: `${form.seconds} s: ${total} abuses of ${abuses.length} kinds, ${seen.wrong.length} answered wrongly; ${form.sockets} slow connections at a time, ${cut} cut off; ${good.acknowledged.length} of ${good.sent} pushes acknowledged, p99 ${good.p99.toFixed(0)} ms, ${lost.length} lost; ${peakMb.toFixed(0)} MB at most`,
    ok:
      isAlive &&
      isQuick &&
      lost.length === 0 &&
      seen.wrong.length === 0 &&
      peakMb < mostMb &&
      seen.counts.size === abuses.length,
    bites: [{ name, caught: planted.seen.wrong.length > 0 }],
  };
}

export const row: FaultRow = {
  id: 'W4',
  title: 'a relay that is abused: pushes go on being taken, and memory stays bounded',
  run,
};
