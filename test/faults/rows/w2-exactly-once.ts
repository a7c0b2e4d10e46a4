import { chanceOf } from '../network/chance.ts';
import { bite } from '../relay/bite.ts';
import { play } from '../relay/play.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';

const shortForm = { pushes: 200, kills: 3 };
const longForm = { pushes: 10_000, kills: 500 };
// A desktop with a defect has to live through several pages of pushes, between its kills, for the defect to show.
const bitten = { pushes: 150, kills: 8, withDesktop: true };

/** Where a computer is busy few kills fall into the moment that matters. */
const mostPlays = 6;

async function run(options: FaultOptions): Promise<FaultResult> {
  const { long, seed, say, endsAt } = options;
  const form = long ? longForm : shortForm;
  const played = await play({ ...form, endsAt, chance: chanceOf(seed, 'desktop'), withDesktop: true });
  for (const name of played.lost.slice(0, 20)) say(`acknowledged and not in the records: ${name}`);
  for (const name of played.twice.slice(0, 20)) say(`in the records twice: ${name}`);
  return {
    figure: `${played.relayKills} kills of the relay, ${played.desktopKills} of the desktop, ${played.acknowledged} pushes answered with success: ${played.lost.length} lost, ${played.twice.length} twice`,
    ok: played.lost.length + played.twice.length === 0 && played.acknowledged > form.pushes / 4,
    reached: { done: Math.min(played.relayKills, played.desktopKills), wanted: form.kills },
    bites: [
      await bite('cursor-before', bitten, mostPlays, options),
      await bite('key-of-the-document', bitten, mostPlays, options),
    ],
  };
}

export const row: FaultRow = {
  id: 'W2',
  title: 'relay and desktop, both killed at any time: every push is in the records once',
  run,
};
