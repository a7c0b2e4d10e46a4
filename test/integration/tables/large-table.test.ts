import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { readInvoiceTable } from '../../../electron/tables/read-invoice-table.ts';
import { header, makeFolder, nowSeconds, tableRow } from './table-files.ts';

async function writeTable(path: string, rows: number): Promise<void> {
  function* text(): Generator<string> {
    yield `${header}\r\n`;
    for (let number = 1; number <= rows; number += 1) {
      yield `${tableRow(number, { 项目名称: '*餐饮服务*餐费', 数量: '2', 单价: '30', 备注: '"第一行\n第二行"' })}\r\n`;
      yield `WX${number},,,,,,,,,第二项,4,10,\r\n`;
    }
  }
  await pipeline(Readable.from(text()), createWriteStream(path));
}

/** Measures the turns of the event loop in time of this thread's processor, which a busy computer does not stretch. */
function watchTurns(): { stop(): number } {
  let longest = 0;
  let running = true;
  let before = process.threadCpuUsage();
  const turn = (): void => {
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
    before = process.threadCpuUsage();
    if (running) setImmediate(turn);
  };
  setImmediate(turn);
  return {
    stop: () => {
      turn();
      running = false;
      return longest;
    },
  };
}

describe('a table of 20,000 orders in 40,000 rows', () => {
  it('is read whole, and never holds up the rest of the program for long', async () => {
    await using folder = await makeFolder();
    const path = join(folder.path, 'large.csv');
    await writeTable(path, 20_000);
    const watch = watchTurns();
    const result = await readInvoiceTable({ path, fileName: 'large.csv' }, { nowSeconds });
    const longestTurnMs = watch.stop();
    if (!result.ok) throw new Error(result.error.text.en);
    expect(result.value.rows).toHaveLength(20_000);
    expect(result.value.rows.filter(({ findings }) => findings.length > 0)).toEqual([]);
    expect(result.value.rows.at(-1)?.fields?.items).toHaveLength(2);
    // A turn takes about 10 ms; all orders checked in one piece would take many times the bound.
    expect(longestTurnMs).toBeLessThan(150);
  });

  it('can be stopped on the way', async () => {
    await using folder = await makeFolder();
    const path = join(folder.path, 'large.csv');
    await writeTable(path, 20_000);
    const stop = new AbortController();
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
      if (turns === 3) stop.abort();
    }, 1);
    const options = { nowSeconds, signal: stop.signal };
    const result = await readInvoiceTable({ path, fileName: 'large.csv' }, options);
    clearInterval(timer);
    expect(result).toMatchObject({ ok: false, error: { code: 'work.cancelled' } });
    const before = await readInvoiceTable({ path, fileName: 'x' }, { nowSeconds, signal: AbortSignal.abort() });
    expect(before).toMatchObject({ ok: false, error: { code: 'work.cancelled' } });
  });
});
