import { type HostilePlayed, playHostile } from '../hostile/play-hostile.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';
import { biteAll } from '../security/plays.ts';
import type { SourcePlant } from '../source-plant.ts';

const shortForm = 60;
/** In the short form a file that has no end is given up sooner, in milliseconds. */
const hurriedMs = 2000;
const longForm = 5000;
/** What two threads may take together, in megabytes: each ends at 768 of its own. */
const mostPeakMb = 2048;

const reader = 'electron/pdf/pdf-reader.ts';
const endless = 'forms that paint one another without end';
/** Each with the odd PDFs that show it. */
const plants: readonly (SourcePlant & { readonly only: readonly string[] })[] = [
  {
    name: 'a file may take as long as it likes',
    only: [endless],
    file: reader,
    from: 'AbortSignal.any([caller, timeout])',
    to: 'caller',
  },
  {
    name: 'a file that takes too long is a fault of ours',
    only: [endless],
    file: reader,
    from: 'isOutOfMemory(error) || signals.timeout.aborted',
    to: 'isOutOfMemory(error)',
  },
];

const wrongIn = ({ wrong, peakMb }: HostilePlayed): readonly string[] => [
  ...wrong,
  ...(peakMb > mostPeakMb ? [`they took ${peakMb.toFixed(0)} MB`] : []),
];

async function run({ long, seed, say }: FaultOptions): Promise<FaultResult> {
  const played = await playHostile('pdf-child.ts', {
    bent: long ? longForm : shortForm,
    seed,
    ...(long ? {} : { timeoutMs: hurriedMs }),
  });
  const { cases, slowest, peakMb, ends } = played;
  const wrong = wrongIn(played);
  for (const one of wrong.slice(0, 20)) say(one);
  const said = Object.entries(ends).map(([end, count]) => `${count} ${end}`);
  return {
    figure: `${cases} PDFs, ${said.join(', ')}: ${wrong.length} thrown, without an answer or asking the network; longest ${(slowest.ms / 1000).toFixed(1)} s (${slowest.name}), +${peakMb.toFixed(0)} MB`,
    ok: cases > 0 && wrong.length === 0,
    bites: await biteAll(
      plants,
      async ({ only, ...plant }) => {
        const bitten = await playHostile('pdf-child.ts', { plant, bent: 0, only, seed, timeoutMs: hurriedMs });
        return { cases: bitten.cases, wrong: wrongIn(bitten) };
      },
      say,
    ),
  };
}

export const row: FaultRow = { id: 'I1', title: 'PDFs, bent and made to run, reach out or break their reader', run };
