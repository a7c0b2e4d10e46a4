import { chanceOf } from '../network/chance.ts';
import { relayPlants } from '../relay/plants.ts';
import { play } from '../relay/play.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';

const shortForm = { pushes: 200, kills: 5 };
const longForm = { pushes: 20_000, kills: 2000 };

async function run({ long, seed, say, endsAt }: FaultOptions): Promise<FaultResult> {
  const form = long ? longForm : shortForm;
  const played = await play({ ...form, endsAt, chance: chanceOf(seed, 'relay'), withDesktop: false });
  for (const name of played.lost.slice(0, 20)) say(`acknowledged and not stored: ${name}`);
  const planted = await play({
    ...shortForm,
    endsAt,
    chance: chanceOf(seed, 'planted relay'),
    withDesktop: false,
    plant: 'answer-first',
  });
  say(`planted: ${relayPlants['answer-first'].name}: ${planted.lost.length} lost`);
  return {
    figure: `${played.relayKills} kills, ${played.acknowledged} pushes answered with success, ${played.lost.length} of them not stored`,
    ok: played.lost.length === 0 && played.acknowledged > form.pushes / 4,
    reached: { done: played.relayKills, wanted: form.kills },
    bites: [{ name: relayPlants['answer-first'].name, caught: planted.lost.length > 0 }],
  };
}

export const row: FaultRow = {
  id: 'W1',
  title: 'the relay, killed at any time: what WeChat was answered for is stored',
  run,
};
