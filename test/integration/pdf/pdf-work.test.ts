import { writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createPdfReadings } from '../../../electron/operations/pdf-readings.ts';
import { createPdfWork } from '../../../electron/operations/pdf-work.ts';
import { createPdfReader } from '../../../electron/pdf/pdf-reader.ts';
import { projectRoot } from '../../../scripts/run.ts';
import type { EventMap } from '../../../shared/contract/events.ts';
import { createTempFolder } from '../../support/temp-folder.ts';
import { endlessPdf } from './bad-pdfs.ts';

const fixture = (name: string) => join(projectRoot, 'test', 'fixtures', 'pdf', name);
/** Gives up soon; what it is asked has no end anyway. */
const impatient = createPdfReader({ threads: 1, timeoutMs: 1500 });
const patient = createPdfReader();
afterAll(() => Promise.all([impatient.close(), patient.close()]));

const endless = await endlessPdf();
const isEndless = (bytes: Uint8Array) => Buffer.from(bytes).equals(Buffer.from(endless));

function endlessFile(): string {
  const path = join(createTempFolder(), 'endless.pdf');
  writeFileSync(path, endless);
  return path;
}

/** Reads for work, counting what the threads are asked. */
function startWork() {
  const told: EventMap['pdf.reading'][] = [];
  const ending = new AbortController();
  let asked = 0;
  const counting = {
    read: (...question: Parameters<typeof patient.read>) => {
      asked += 1;
      return (isEndless(question[0]) ? impatient : patient).read(...question);
    },
  };
  const work = createPdfWork({
    readings: createPdfReadings(counting),
    clock: { now: () => 0 },
    // The only event it sends.
    emit: (_name, payload) => told.push(payload as EventMap['pdf.reading']),
    ending: ending.signal,
  });
  return { work, told, ending, asked: () => asked };
}

describe('the reading of many PDFs', () => {
  it('gives up the one that hangs and reads the others', async () => {
    const { work } = startWork();
    const many = await work.read('make', [endlessFile(), fixture('a-vat-song-1.pdf'), fixture('a-vat-song-2.pdf')]);
    const read = many.ok ? many.value.map((one) => (one.read.ok ? 'read' : one.read.error.code)) : [];
    expect(read).toEqual(['pdf.too-complex', 'read', 'read']);
  });

  it('reads the same content once, under whatever name', async () => {
    const copy = join(createTempFolder(), 'copy.pdf');
    await copyFile(fixture('a-vat-song-1.pdf'), copy);
    const { work, asked } = startWork();
    await work.read('make', [fixture('a-vat-song-1.pdf'), fixture('m-password-2.pdf')]);
    const again = await work.read('compare', [copy, fixture('m-password-2.pdf')]);
    expect(asked()).toBe(2);
    expect(again.ok && again.value.map(({ read }) => read.ok)).toEqual([true, false]);
  });

  it('is stopped at once when it is called off, when newer work begins, and at the end of the program', async () => {
    const { work, told, ending } = startWork();
    const path = endlessFile();
    const first = work.read('make', [path]);
    expect(work.cancel()).toBe(true);
    expect(await first).toMatchObject({ ok: false, error: { code: 'work.cancelled' } });
    expect(told.at(-1)).toMatchObject({ work: 'make', running: false });
    expect(work.cancel()).toBe(false);
    const second = work.read('make', [path]);
    const third = work.read('compare', [path]);
    expect(await second).toMatchObject({ ok: false, error: { code: 'work.cancelled' } });
    ending.abort();
    expect(await third).toMatchObject({ ok: false, error: { code: 'work.cancelled' } });
    expect(told.filter(({ running }) => !running).map(({ work: name }) => name)).toEqual(['make', 'make', 'compare']);
  });
});
