import { chanceOf } from '../network/chance.ts';
import { bite } from '../relay/bite.ts';
import { play } from '../relay/play.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';

const shortForm = { pushes: 200, kills: 5 };
const longForm = { pushes: 20_000, kills: 2000 };

/** A kill has to fall into 40 ms. */
const mostPlays = 8;

async function run(options: FaultOptions): Promise<FaultResult> {
  const { long, seed, say, endsAt } = options;
  const form = long ? longForm : shortForm;
  const played = await play({ ...form, endsAt, chance: chanceOf(seed, 'relay'), withDesktop: false });
  for (const name of played.lost.slice(0, 20)) say(`acknowledged and not stored: ${name}`);
  return {
    figure: `${played.relayKills} kills, ${played.acknowledged} pushes answered with success, ${played.lost.length} of them not stored`,
    ok: played.lost.length === 0 && played.acknowledged > form.pushes / 4,
    reached: { done: played.relayKills, wanted: form.kills },
    bites: [await bite('answer-first', { ...shortForm, withDesktop: false }, mostPlays, options)],
  };
}

export const row: FaultRow = {
  id: 'W1',
  title: 'the relay, killed at any time: what WeChat was answered for is stored',
  run,
};
