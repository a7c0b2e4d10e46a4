import { type HostilePlayed, playHostile } from '../hostile/play-hostile.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';
import { biteAll } from '../security/plays.ts';
import type { SourcePlant } from '../source-plant.ts';

const shortForm = 100;
const longForm = 20_000;
/** Work of all threads for one table, in milliseconds: several times what the rule says, for a busy machine. */
const longestCpuMs = 15_000;
/** What the odd tables together may take beyond the sound ones, in megabytes. */
const mostPeakMb = 512;

const sheetReader = 'electron/tables/sheet.ts';
/** Each with the odd tables that show it. */
const plants: readonly (SourcePlant & { readonly only: readonly string[] })[] = [
  {
    name: 'nobody asks what a workbook unpacks to',
    only: ['a sheet of 1 GB'],
    file: sheetReader,
    from: '(await unpacksBeyond(entries, tableLimits.unpackedBytes)) ? tableTooLarge(fileName) : undefined',
    to: 'undefined',
  },
  {
    name: 'a zip is believed in what it says of itself',
    only: ['a sheet of 1 GB that says it is 10 bytes'],
    file: 'electron/tables/zip-contents.ts',
    from: 'let total = 0;',
    to: 'return false;\n  let total = 0;',
  },
  {
    name: 'a damaged workbook is a fault of ours',
    only: ['nothing in xl/workbook.xml'],
    file: sheetReader,
    from: 'if (isZlib || error instanceof HucreError)',
    to: 'if (isZlib && error instanceof HucreError)',
  },
  {
    name: 'a row may be as wide as it likes',
    only: ['a row of 16,384 cells'],
    file: sheetReader,
    from: 'width > tableLimits.columns || ',
    to: '',
  },
  {
    name: 'a text may have as many rows as it likes',
    only: ['400,000 rows of text'],
    file: 'electron/tables/csv-records.ts',
    from: 'isTooLarge ||= cells.length > tableLimits.columns || rows.length > tableLimits.rows;',
    to: '',
  },
];

const wrongIn = ({ wrong, slowest, peakMb }: HostilePlayed): readonly string[] => [
  ...wrong,
  ...(slowest.ms > longestCpuMs ? [`${slowest.name} took ${(slowest.ms / 1000).toFixed(1)} s of work`] : []),
  ...(peakMb > mostPeakMb ? [`the odd tables took ${peakMb.toFixed(0)} MB`] : []),
];

async function run({ long, seed, say }: FaultOptions): Promise<FaultResult> {
  const played = await playHostile('table-child.ts', { bent: long ? longForm : shortForm, seed });
  const { cases, slowest, peakMb, ends } = played;
  const wrong = wrongIn(played);
  for (const one of wrong.slice(0, 20)) say(one);
  return {
    figure: `${cases} tables, bombs and lies among them, ${ends['read'] ?? 0} read: ${wrong.length} thrown, hung or read that must not be; most work ${(slowest.ms / 1000).toFixed(1)} s (${slowest.name}), +${peakMb.toFixed(0)} MB`,
    ok: cases > 0 && wrong.length === 0,
    bites: await biteAll(
      plants,
      async ({ only, ...plant }) => {
        const bitten = await playHostile('table-child.ts', { plant, bent: 0, only, seed });
        return { cases: bitten.cases, wrong: wrongIn(bitten) };
      },
      say,
    ),
  };
}

export const row: FaultRow = { id: 'I2', title: 'tables, bent and made to break their reader', run };
