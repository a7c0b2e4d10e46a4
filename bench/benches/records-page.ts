import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import { against, alone, type Bench, median, p95 } from '../measure.ts';
import { openProgram, prepareIndex, succeed } from '../support/program.ts';
import { addCompanies, fillRecords, keystrokes } from '../support/records.ts';
import { buildProgram, openWindow } from '../support/window.ts';

const invoices = 1_000_000;
/** The program opens on the overview once it has issued something. */
const hardlyAny = 12;
const rounds = 5;
const mostDroppedPercent = 2;
const longestMs = 100;
/** Nothing else changes in the table once its rows have been still for so long. */
const stillMs = 300;
/** So long that one collection of garbage is one among many frames. */
const scrolledMs = 10_000;
/** One notch of a wheel; they follow each other as fast as the browser takes them. */
const notchPx = 120;

/** Milliseconds from the start of the process until the overview shows its figures. */
async function firstScreen(dataFolder: string): Promise<number> {
  const begun = performance.now();
  const app = await openWindow(dataFolder);
  try {
    const page = await app.firstWindow();
    await page.locator('#overview-today').waitFor();
    return performance.now() - begun;
  } finally {
    await app.close();
  }
}

/** Says of each change of the search how long after it the last row that it changed was painted. */
const watchRows = (page: Page) =>
  page.evaluate(() => {
    const seen = { typedAt: 0, paintedAt: 0 };
    Object.assign(globalThis, { seen });
    const onInput = ({ timeStamp }: Event) => Object.assign(seen, { typedAt: timeStamp, paintedAt: 0 });
    document.addEventListener('input', onInput, { capture: true });
    const grid = document.querySelector('.records-grid');
    if (!grid) throw new Error('there is no table');
    new MutationObserver(() =>
      // The frame that follows is painted before the next task.
      requestAnimationFrame(() => setTimeout(() => Object.assign(seen, { paintedAt: performance.now() }))),
    ).observe(grid, { subtree: true, childList: true, characterData: true });
  });

const lastPainted = (page: Page) =>
  page.evaluate(() => {
    const { seen } = globalThis as unknown as { seen: { typedAt: number; paintedAt: number } }; // put there by watchRows()
    return seen.paintedAt === 0 ? null : seen.paintedAt - seen.typedAt;
  });

/** Milliseconds from each keystroke to its rows on the screen; of those only that changed the rows. */
async function typeAll(page: Page): Promise<number[]> {
  const times: number[] = [];
  const box = page.getByRole('searchbox');
  await watchRows(page);
  for (const text of keystrokes) {
    const isNewWord = [...text].length === 1;
    if (isNewWord) await box.fill('');
    await page.waitForTimeout(stillMs);
    await page.keyboard.insertText([...text].at(-1) ?? '');
    await page.waitForTimeout(stillMs);
    const time = await lastPainted(page);
    if (time !== null) times.push(time);
  }
  await box.fill('');
  return times;
}

/** The times of the frames of the page, from one call to the next. */
const watchFrames = (page: Page) =>
  page.evaluate(() => {
    const frames: number[] = [];
    Object.assign(globalThis, { frames });
    const next = (time: number) => {
      frames.push(time);
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });

const takeFrames = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { frames: number[] }).frames.splice(0)); // put there by watchFrames()

/** Those that would have been there at the pace of an idle page and were not, in per cent. */
function droppedPercent(frames: readonly number[], idleMs: number): number {
  const gaps = frames.slice(1).map((time, index) => Math.round((time - (frames[index] ?? time)) / idleMs));
  const due = gaps.reduce((sum, gap) => sum + gap, 0);
  return (100 * (due - gaps.length)) / due;
}

/** @returns the frames dropped while a wheel turns over the place, in per cent */
async function scroll(page: Page, place: string): Promise<number> {
  await page.locator(place).hover();
  await page.waitForTimeout(1000);
  const idle = await takeFrames(page);
  const idleMs = median(idle.slice(1).map((time, index) => time - (idle[index] ?? time)));
  const endsAt = performance.now() + scrolledMs;
  while (performance.now() < endsAt) await page.mouse.wheel(0, notchPx);
  return droppedPercent(await takeFrames(page), idleMs);
}

/** Lays the same texts over the page as plain lines that are all there: what this browser on this machine can do at best. */
const layPlainLines = (page: Page) =>
  page.evaluate(() => {
    const lines = document.createElement('pre');
    lines.id = 'plain-lines';
    lines.style.cssText = 'position:fixed;inset:0;z-index:9999;margin:0;overflow:auto;background:#fff';
    const row = document.querySelector('.records-grid .ag-row')?.textContent ?? '';
    lines.textContent = Array.from({ length: 5000 }, (_, index) => `${index} ${row}`).join('\n\n');
    document.body.append(lines);
  });

/** The page of records in a browser. */
export const bench: Bench = {
  name: 'records-page',
  title: `${invoices} invoices in the window, in Chromium, against ${hardlyAny}`,
  async run(say) {
    await buildProgram();
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fapiao-bench-'));
    const [full, empty] = [join(folder.path, 'full'), join(folder.path, 'hardly-any')];
    for (const one of [full, empty]) addCompanies(one);
    fillRecords(full, invoices);
    fillRecords(empty, hardlyAny);
    for (const one of [full, empty]) {
      const program = openProgram(one);
      await prepareIndex(program);
      // Of several companies a person has chosen one.
      await succeed(program, 'settings.write', { currentAccountId: 1 });
      await program.close();
    }
    const starts: { readonly full: number; readonly empty: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      starts.push({ full: await firstScreen(full), empty: await firstScreen(empty) });
      const { full: withAll, empty: withNone } = starts.at(-1) ?? { full: 0, empty: 0 };
      say(`first screen: ${withAll.toFixed(0)} ms, ${withNone.toFixed(0)} ms of hardly any invoices`);
    }
    const app = await openWindow(full);
    try {
      const page = await app.firstWindow();
      await page.getByRole('menuitem', { name: zhCN.nav.records, exact: true }).click();
      await page.locator('.records-grid .ag-row[row-index="0"] .ag-cell').first().waitFor();
      const typed = await typeAll(page);
      say(`${typed.length} of ${keystrokes.length} keystrokes changed the rows`);
      await watchFrames(page);
      const dropped = await scroll(page, '.records-grid');
      await layPlainLines(page);
      const plainDropped = await scroll(page, '#plain-lines');
      say(`frames dropped over plain lines: ${plainDropped.toFixed(1)} %`);
      return [
        against(
          'first screen',
          'ms',
          { value: median(starts.map((one) => one.full)), baseline: median(starts.map((one) => one.empty)) },
          { atMost: 1.2 },
        ),
        alone('keystroke to rows painted, p95', 'ms', p95(typed), { atMost: longestMs }),
        alone('frames dropped while scrolling', '%', dropped, { atMost: mostDroppedPercent }),
      ];
    } finally {
      await app.close();
    }
  },
};
