import { biteAll } from '../network/bite.ts';
import { semantics } from '../network/ledger.ts';
import { plants } from '../network/plants.ts';
import { allFaults, playAll } from '../network/play-all.ts';
import type { Played } from '../network/play-case.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';

const eachShort = 2;
const eachLong = 50;
/** Failures beyond these say nothing new. */
const mostSaid = 20;

async function run({ long, seed, say, endsAt }: FaultOptions): Promise<FaultResult> {
  const each = long ? eachLong : eachShort;
  const failed: Played[] = [];
  const doubtful: Played[] = [];
  let inserts = 0;
  let decisions = 0;
  let cases = 0;
  const onPlayed = (played: Played) => {
    cases += 1;
    inserts += played.inserts;
    decisions += played.decisions;
    if (played.doubtful > 0) doubtful.push(played);
    if (played.faults.length === 0) return;
    failed.push(played);
    if (failed.length > mostSaid) return;
    for (const fault of played.faults) say(`${played.id}: ${fault}`);
    say(`  again: FAULT_CASE='${played.id}' npm run test:faults -- R2 --seed ${seed}${long ? ' --long' : ''}`);
  };
  const only = process.env['FAULT_CASE'];
  const played = playAll({ seed, each, faults: allFaults, only, onPlayed, isEnough: () => Date.now() > endsAt });
  // One case alone is played to be looked at.
  const bites = only === undefined ? biteAll(plants, { program: 'planted-run.ts', seed, say }) : [];
  await Promise.allSettled([played, bites]);
  await played;
  say(`known doubt, not a failure: WeChat answers -1 after its work and would accept a repeat.`);
  say(`  The program repeats after -1 as WeChat says; ${doubtful.length} of ${cases} cases got a second card by that.`);
  return {
    figure: `${cases} runs (${allFaults.length} faults × ${semantics.length} semantics × ${each}), ${decisions} decisions, ${inserts} inserts, ${failed.length} contradict the ledger, ${doubtful.length} doubtful by -1`,
    ok: failed.length === 0,
    reached: { done: cases, wanted: only === undefined ? allFaults.length * semantics.length * each : 1 },
    bites: await bites,
  };
}

export const row: FaultRow = { id: 'R2', title: 'network faults: never twice, never better known than true', run };
