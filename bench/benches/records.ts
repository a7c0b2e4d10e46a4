import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEnvironmentSecretStore } from '../../electron/accounts/secret-store.ts';
import { createApp } from '../../electron/app.ts';
import { systemClock } from '../../electron/support/clock.ts';
import { createStderrLog } from '../../electron/support/log.ts';
import { against, alone, type Bench, median } from '../measure.ts';
import { fillRecords, openRaw, rawSearch, writeCost } from '../support/records.ts';

const invoices = 1_000_000;
const rounds = 3;
const longestMs = 100;

/** What a person types, letter by letter: a name, a number from its front and its end, an order, rare and common words. */
const words = [
  '五金建材',
  '杭州青禾茶叶有限公司',
  '2631200000001',
  '7654321',
  'wx2026005',
  '91330106ma',
  '配送费77',
  '公司',
  '鑫',
  '龘字号',
  '没有这样的公司',
  "o'neill",
] as const;
const keystrokes = words.flatMap((word) => [...word].map((_, index) => [...word].slice(0, index + 1).join('')));

function p95(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}

/** Search as one types over a million invoices, against the index asked on the spot by a connection of our own. */
export const bench: Bench = {
  name: 'records',
  title: `${invoices} invoices, ${keystrokes.length} keystrokes, 100 rows each, against the raw query of the index`,
  async run(say) {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fapiao-bench-'));
    const filled = fillRecords(folder.path, invoices);
    say(`filled in ${(filled.milliseconds / 1000).toFixed(0)} s, ${(filled.bytes / 1e6).toFixed(0)} MB`);
    const created = createApp({
      dataFolder: folder.path,
      version: '0.0.0-bench',
      program: 'bench',
      secrets: createEnvironmentSecretStore({}),
      clock: systemClock,
      log: createStderrLog('error'),
      emit: () => {},
      ticker: { every: () => () => {} },
    });
    if (!created.ok) throw new Error(created.error.text.en);
    const app = created.value;
    const raw = openRaw(folder.path);
    const seen: { readonly product: number; readonly raw: number }[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const product: number[] = [];
      const baseline: number[] = [];
      for (const text of keystrokes) {
        const asked = performance.now();
        const answer = await app.call('record.search', { text });
        product.push(performance.now() - asked);
        if (!answer.ok) throw new Error(answer.error.text.en);
        baseline.push(rawSearch(raw, text));
      }
      say(`round ${round}: program p95 ${p95(product).toFixed(1)} ms, raw p95 ${p95(baseline).toFixed(1)} ms`);
      // The first one warms both up.
      if (round > 0) seen.push({ product: p95(product), raw: p95(baseline) });
    }
    raw.close();
    await app.close();
    const cost = writeCost(folder.path);
    const value = median(seen.map(({ product }) => product));
    return [
      against(
        'keystroke to rows, p95',
        'ms',
        { value, baseline: median(seen.map(({ raw: one }) => one)) },
        { atMost: 1.5 },
      ),
      alone('keystroke to rows, p95', 'ms', value, { atMost: longestMs }),
      against('saving a draft durably', 'ms', { value: cost.withIndex, baseline: cost.without }, { atMost: 1.5 }),
    ];
  },
};
