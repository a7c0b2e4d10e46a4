import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createWriterLock } from '../../../electron/records/writer-lock.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

const module = new URL('../../../electron/records/writer-lock.ts', import.meta.url).href;
const script = `
  const { createWriterLock } = await import(${JSON.stringify(module)});
  const lock = createWriterLock(process.argv[1], 'another program', () => {});
  console.log(JSON.stringify(lock.acquire()));
  process.stdin.on('data', () => lock.release()).on('data', () => console.log('released'));
`;

/** A process of its own that has asked for the lock. Its stdin stays open, so it lives until it is ended. */
async function startHolder(folder: string): Promise<{ child: ChildProcess; nextLine: () => Promise<string> }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async () => String((await lines.next()).value);
  expect(JSON.parse(await nextLine())).toEqual({ ok: true });
  return { child, nextLine };
}

describe('the right to issue from a data folder', () => {
  it('is refused while another process has it, and says who that is', async () => {
    const folder = createTempFolder();
    const { child } = await startHolder(folder);
    const acquired: string[] = [];
    const lock = createWriterLock(folder, 'this test', () => acquired.push('here'));
    const result = lock.acquire();
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'database.locked', class: 'wait-and-retry', retryable: true },
    });
    const holder = result.ok ? '' : String(result.error.details['holder']);
    expect(JSON.parse(holder)).toMatchObject({ pid: child.pid, program: 'another program' });
    expect(acquired).toEqual([]);
    expect(lock.isHeld()).toBe(false);
  });

  it('is free again when its holder gives it back', async () => {
    const folder = createTempFolder();
    const { child, nextLine } = await startHolder(folder);
    child.stdin?.write('release\n');
    expect(await nextLine()).toBe('released');
    const lock = createWriterLock(folder, 'this test', () => undefined);
    expect(lock.acquire()).toEqual({ ok: true });
    lock.release();
  });

  it('is free again when its holder is killed, whatever it left behind', async () => {
    const folder = createTempFolder();
    const { child } = await startHolder(folder);
    const acquired: string[] = [];
    const lock = createWriterLock(folder, 'this test', () => acquired.push('here'));
    expect(lock.acquire().ok).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(lock.acquire()).toEqual({ ok: true });
    expect(acquired).toEqual(['here']);
    lock.release();
  });

  it('is taken once, however often it is asked for', () => {
    let times = 0;
    const lock = createWriterLock(createTempFolder(), 'this test', () => {
      times += 1;
    });
    expect([lock.acquire(), lock.acquire()]).toEqual([{ ok: true }, { ok: true }]);
    expect(times).toBe(1);
    expect(lock.isHeld()).toBe(true);
    lock.release();
    expect(lock.isHeld()).toBe(false);
    expect(lock.acquire()).toEqual({ ok: true });
    expect(times).toBe(2);
    lock.release();
  });

  it('is not taken where what has to follow at once does not succeed, and follows at the next try', () => {
    let times = 0;
    const lock = createWriterLock(createTempFolder(), 'this test', () => {
      times += 1;
      if (times === 1) throw Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' });
    });
    expect(lock.acquire()).toMatchObject({
      ok: false,
      error: { code: 'database.unavailable', details: { reason: 'SQLITE_FULL' } },
    });
    expect(lock.isHeld()).toBe(false);
    expect(lock.acquire()).toEqual({ ok: true });
    expect(times).toBe(2);
    lock.release();
  });

  it('cannot be had in a folder that cannot be', () => {
    const folder = createTempFolder();
    writeFileSync(join(folder, 'file'), '');
    const lock = createWriterLock(join(folder, 'file', 'data'), 'this test', () => undefined);
    expect(lock.acquire()).toMatchObject({ ok: false, error: { code: 'database.unavailable' } });
  });
});
