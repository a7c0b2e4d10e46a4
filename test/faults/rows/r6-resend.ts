import { biteAll } from '../network/bite.ts';
import { resendByChromium } from '../network/chromium-resend.ts';
import { dieAndCount } from '../network/deaths.ts';
import { checkPlantedCalls } from '../network/planted-calls.ts';
import { deathPlants } from '../network/plants.ts';
import type { Bite, FaultOptions, FaultResult, FaultRow } from '../row.ts';

const deathsShort = 30;
const deathsLong = 500;
const chromiumCalls = 3;

async function biteByChromium(say: (line: string) => void): Promise<readonly Bite[]> {
  const counts = await resendByChromium(chromiumCalls);
  if (!counts) {
    say('skipped: there is no Chromium here to show what its network stack does');
    return [];
  }
  say(`Chromium's fetch, one POST a call over a kept connection that dies: processed ${counts.join(', ')} times`);
  return [{ name: "an insert through Chromium's network stack", caught: counts.some((count) => count > 1) }];
}

async function run({ long, seed, say, endsAt }: FaultOptions): Promise<FaultResult> {
  const deaths = long ? deathsLong : deathsShort;
  const { inserts, processed, wrong } = await dieAndCount(deaths, seed, endsAt);
  for (const one of wrong.slice(0, 20)) say(`${one}; again: npm run test:faults -- R6 --seed ${seed}`);
  const planted = await checkPlantedCalls();
  for (const one of planted.wrong) say(`rules: ${one}`);
  const bites = [
    ...(await biteAll(deathPlants, { program: 'planted-deaths.ts', seed, say })),
    ...planted.bites,
    ...(await biteByChromium(say)),
  ];
  const refused = planted.bites.filter(({ caught }) => caught).length;
  return {
    figure: `${inserts} inserts whose connection died after processing, ${processed} processed; ${refused} of ${planted.bites.length} ways round the client refused by lint and layers`,
    ok: wrong.length === 0 && processed === inserts && planted.wrong.length === 0,
    reached: { done: inserts, wanted: deaths },
    bites,
  };
}

export const row: FaultRow = { id: 'R6', title: 'no hidden resend: one request a call, through undici only', run };
