import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { CallRecord } from '../../../electron/practice/practice-types.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';
import { writeTableWithPdfs } from '../../support/app-table.ts';
import { insertPath } from '../../support/app-under-test.ts';
import { jsonLines, runCli, spawnCli, waitForOutput } from '../../support/cli.ts';
import { type CliPractice, createShopFolder, practiceSecret, startCliPractice } from '../../support/cli-practice.ts';
import { dumpDatabase } from '../../support/dump-database.ts';

let practice: CliPractice;

beforeAll(async () => {
  practice = await startCliPractice();
});

afterAll(async () => {
  await practice.stop();
});

const environment = { FAPIAO_APP_SECRET: practiceSecret };

/** A shop with a table of so many good invoices, and the words that issue them one after the other. */
async function prepare(firstSerial: number, rows: number) {
  const shop = await createShopFolder(practice.url);
  const invoices = Array.from({ length: rows }, (_, index) => digitalInvoice(firstSerial + index));
  const { table, pdfFolder } = await writeTableWithPdfs(shop.folder, invoices);
  const words = ['issue', '--csv', table, '--pdf-dir', pdfFolder, '--account', 'shop', '--concurrency', '1', '--json'];
  const orders = invoices.map(({ orderId }) => orderId);
  return {
    words,
    orders,
    options: { dataFolder: shop.dataFolder, environment },
    /** Orders with a card at WeChat, in order, a second card as a second entry. */
    cards: async () =>
      (await practice.control.books()).cards
        .map(({ orderId }) => orderId)
        .filter((orderId) => orders.includes(orderId)),
    /** What the records say: states of invoices in the order of the table, and states of batches. */
    states: () => {
      const { invoice = [], batch = [] } = dumpDatabase(shop.databaseFile);
      const stateOf = (row: unknown) => (row as { state: string }).state; // both tables have this column
      return { invoices: invoice.map(stateOf), batches: batch.map(stateOf) };
    },
  };
}

/** Waits until WeChat's books show such a call. */
async function waitForCalls(fits: (call: CallRecord) => boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if ((await practice.control.books()).calls.some(fits)) return;
    await sleep(50);
  }
  throw new Error('the call did not come');
}

function spawnIssue(words: readonly string[], options: Parameters<typeof spawnCli>[1]) {
  const child = spawnCli(words, options);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

describe('Ctrl-C while a batch runs', () => {
  it('stops between two calls: what was sent is written down, the rest waits, and a second run issues just that', async () => {
    const { words, orders, options, cards, states } = await prepare(8000, 8);
    await practice.control.misbehave({ kind: 'delay-ms', milliseconds: 400, path: insertPath, times: 100 });
    const child = spawnIssue(words, options);
    const exit = once(child, 'exit');
    const note = text(child.stderr);
    await waitForOutput(child.stdout, (printed) => /"issued":[2-9]/.test(printed));
    child.kill('SIGINT');
    const rest = text(child.stdout);
    expect(await exit).toEqual([1, null]);
    await practice.control.behave();

    const sent = (await cards()).length;
    expect(sent).toBeGreaterThanOrEqual(2);
    expect(sent).toBeLessThan(orders.length);
    expect(await cards()).toEqual(orders.slice(0, sent));
    const waiting = orders.slice(sent).map(() => expect.stringMatching(/^(draft|prepared)$/));
    expect(states()).toEqual({
      invoices: [...orders.slice(0, sent).map(() => 'issued'), ...waiting],
      batches: ['stopped'],
    });
    expect(jsonLines(await rest).at(-1)).toMatchObject({
      ok: true,
      batch: { state: 'stopped', error: null, counts: { issued: sent, waiting: orders.length - sent, unknown: 0 } },
    });
    expect(await note).toContain('再按一次 Ctrl-C');

    const again = await runCli(words, options);
    expect(again.code).toBe(0);
    expect(jsonLines(again.stdout).at(-1)).toMatchObject({
      batch: { state: 'finished', counts: { already: sent, issued: orders.length - sent } },
    });
    expect(await cards()).toEqual(orders);
  });

  it('can be followed by the same batch once more', async () => {
    const { words, orders, options, cards, states } = await prepare(8100, 6);
    await practice.control.misbehave({ kind: 'delay-ms', milliseconds: 400, path: insertPath, times: 100 });
    const child = spawnIssue(words, options);
    const exit = once(child, 'exit');
    await waitForOutput(child.stdout, (printed) => /"issued":[1-9]/.test(printed));
    child.kill('SIGTERM');
    child.stdout.resume();
    child.stderr.resume();
    expect(await exit).toEqual([1, null]);
    await practice.control.behave();
    expect(states().batches).toEqual(['stopped']);
    const resumed = await runCli(['resume', '--json'], options);
    expect(resumed.code).toBe(0);
    expect(jsonLines(resumed.stdout).at(-1)).toMatchObject({
      ok: true,
      batch: { state: 'finished', counts: { issued: 6, waiting: 0 } },
      report: { rows: 6 },
    });
    expect(jsonLines((await runCli(['resume', '--json'], options)).stdout).at(-1)).toEqual({ ok: true, batch: null });
    expect((await cards()).sort()).toEqual(orders);
    expect(states()).toEqual({ invoices: orders.map(() => 'issued'), batches: ['finished'] });
  });

  it('pressed twice ends at once; what was on the wire is then unknown, and is not sent again by itself', async () => {
    const { words, orders, options, cards, states } = await prepare(8200, 3);
    await practice.control.misbehave({ kind: 'hang', path: insertPath, skip: 1, processed: true });
    const child = spawnIssue(words, options);
    const exit = once(child, 'exit');
    child.stdout.resume();
    await waitForCalls(({ misbehaviour }) => misbehaviour === 'hang');
    child.kill('SIGINT');
    await waitForOutput(child.stderr, (printed) => printed.includes('Ctrl-C'));
    child.kill('SIGINT');
    expect(await exit).toEqual([130, null]);
    expect(await cards()).toEqual(orders.slice(0, 2));

    expect((await runCli(['call', 'app.info'], options)).code).toBe(0);
    const [issued, unknown, waiting] = states().invoices;
    expect([issued, unknown]).toEqual(['issued', 'unknown']);
    expect(waiting).toMatch(/^(draft|prepared)$/);
    expect(states().batches).toEqual(['stopped']);

    const resumed = await runCli(['resume'], options);
    expect(resumed.code).toBe(1);
    expect(resumed.stdout).toContain('resume --ask-again');
    expect(states().invoices).toEqual(['issued', 'unknown', 'issued']);
    expect(await cards()).toEqual(orders);

    expect((await runCli(['resume', '--ask-again'], options)).code).toBe(0);
    expect(states().invoices).toEqual(['issued', 'issued', 'issued']);
    expect(await cards()).toEqual(orders);
  });
});
