import { playBatch } from '../kill/play-batch.ts';
import { openWorkshop, type Workshop } from '../kill/play-kills.ts';
import { chanceOf } from '../network/chance.ts';
import type { Bite, FaultOptions, FaultResult, FaultRow } from '../row.ts';

const shortForm = { rows: 300, kills: 6, longestMs: 2 * 60_000 };
const longForm = { rows: 10_000, kills: 50, longestMs: 240_000 };
const mostSaid = 20;

async function run({ long, seed, say }: FaultOptions): Promise<FaultResult> {
  const form = long ? longForm : shortForm;
  const workshop = await openWorkshop();
  try {
    const played = await playBatch(workshop, chanceOf(seed, 'batch'), { ...form, awakePlants: [] });
    const { problems, kills, ambiguous, cards, isCutShort } = played;
    for (const problem of problems.slice(0, mostSaid)) say(problem);
    if (problems.length > 0) say(`  again: npm run test:faults -- R8 --seed ${seed}${long ? ' --long' : ''}`);
    say(`unknown at the last start, asked again by a person: ${ambiguous.join(', ') || 'none'}`);
    const cut = isCutShort ? ' (the time was up)' : '';
    return {
      figure: `${form.rows} rows, ${kills} kills: ${cards} cards${cut}, ${ambiguous.length} ambiguous by name, ${problems.length} contradictions`,
      ok: problems.length === 0 && !isCutShort && cards === form.rows,
      bites: await bite(workshop, seed, say),
    };
  } finally {
    await workshop.close();
  }
}

async function bite(workshop: Workshop, seed: number, say: FaultOptions['say']): Promise<Bite[]> {
  const name = 'what was under way at the end is sent again by the next start';
  const plan = { rows: 60, kills: 4, longestMs: 60_000, awakePlants: ['sending-taken-for-unsent'] };
  const { problems } = await playBatch(workshop, chanceOf(seed, 'bitten batch'), plan);
  say(`planted: ${name}: ${problems[0] ?? 'not caught'}`);
  return [{ name, caught: problems.length > 0 }];
}

export const row: FaultRow = { id: 'R8', title: 'a large batch, killed inside and resumed', run };
