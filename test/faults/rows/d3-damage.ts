import {
  type Image,
  makeImages,
  playDamage,
  type Start,
  startLeftToSqlite,
  startUnchecked,
} from '../disk/play-damage.ts';
import { withQuickFolder } from '../disk/quick-folder.ts';
import type { Bite, FaultOptions, FaultResult, FaultRow } from '../row.ts';

const shortCount = 40;
const longCount = 2400;
const mostBitten = 60;
/** Failures beyond these say nothing new. */
const mostSaid = 20;

async function play(root: string, { long, seed, say }: FaultOptions): Promise<FaultResult> {
  const only = process.env['FAULT_CASE'];
  const count = only === undefined ? (long ? longCount : shortCount) : 1;
  const images = await makeImages(root);
  const { right, offered, wrong } = playDamage(images, {
    root,
    seed,
    count,
    only: only === undefined ? undefined : Number(only),
  });
  for (const { case: number, what } of wrong.slice(0, mostSaid)) {
    say(`case ${number}: ${what}`);
    say(`  again: FAULT_CASE=${number} npm run test:faults -- D3 --seed ${seed}${long ? ' --long' : ''}`);
  }
  return {
    figure: `${count} mutations of db, wal and shm: ${right} opened with nothing lost, ${offered} refused with the backup restored, ${wrong.length} wrong`,
    ok: wrong.length === 0 && right + offered === count,
    bites: only === undefined ? biteAll(images, root, seed, say) : [],
  };
}

const careless: readonly { readonly name: string; readonly open: Start }[] = [
  { name: 'a start that leaves everything to SQLite', open: startLeftToSqlite },
  { name: 'a start without the check', open: startUnchecked },
];

function biteAll(images: readonly Image[], root: string, seed: number, say: FaultOptions['say']): Bite[] {
  return careless.map(({ name, open }) => {
    const { wrong } = playDamage(images, { root, seed, count: mostBitten, stopsAtWrong: true }, open);
    const [shown] = wrong;
    say(`planted: ${name}: ${shown?.what ?? 'not caught'}`);
    return { name, caught: shown !== undefined };
  });
}

export const row: FaultRow = {
  id: 'D3',
  title: 'damage to the database, its log and its index',
  run: (options) => withQuickFolder((root) => play(root, options)),
};
