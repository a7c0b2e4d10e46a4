import { playBatch } from '../kill/play-batch.ts';
import { openWorkshop, type Workshop } from '../kill/workshop.ts';
import { chanceOf } from '../network/chance.ts';
import type { Bite, FaultOptions, FaultResult, FaultRow } from '../row.ts';

const shortForm = { rows: 300, kills: 6 };
const longForm = { rows: 10_000, kills: 50 };
const mostSaid = 20;

async function run(options: FaultOptions): Promise<FaultResult> {
  const { long, seed, say, endsAt } = options;
  const form = long ? longForm : shortForm;
  const workshop = await openWorkshop();
  try {
    const played = await playBatch(workshop, chanceOf(seed, 'batch'), { ...form, endsAt, awakePlants: [] });
    const { problems, kills, ambiguous, cards } = played;
    for (const problem of problems.slice(0, mostSaid)) say(problem);
    if (problems.length > 0) say(`  again: npm run test:faults -- R8 --seed ${seed}${long ? ' --long' : ''}`);
    say(`unknown at the last start, asked again by a person: ${ambiguous.join(', ') || 'none'}`);
    return {
      figure: `${form.rows} rows, ${kills} kills: ${cards} cards, ${ambiguous.length} ambiguous by name, ${problems.length} contradictions`,
      ok: problems.length === 0 && cards === form.rows,
      reached: { done: kills, wanted: form.kills },
      bites: await bite(workshop, options),
    };
  } finally {
    await workshop.close();
  }
}

async function bite(workshop: Workshop, { seed, say, endsAt }: FaultOptions): Promise<Bite[]> {
  const name = 'what was under way at the end is sent again by the next start';
  const plan = { rows: 60, kills: 4, endsAt, awakePlants: ['sending-taken-for-unsent'] };
  const { problems } = await playBatch(workshop, chanceOf(seed, 'bitten batch'), plan);
  say(`planted: ${name}: ${problems[0] ?? 'not caught'}`);
  return [{ name, caught: problems.length > 0 }];
}

export const row: FaultRow = { id: 'R8', title: 'a large batch, killed inside and resumed', run };
