import { existsSync, mkdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createDiskReserve } from '../../../electron/records/disk-reserve.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

const megabyte = 1024 * 1024;

describe('the reserve', () => {
  it('takes its room on the disk, where a file system compresses too', () => {
    const folder = createTempFolder();
    expect(createDiskReserve(folder).hold()).toEqual({ ok: true });
    const bytes = readFileSync(join(folder, 'reserve.bin'));
    expect(bytes.length).toBe(megabyte);
    expect(gzipSync(bytes).length).toBeGreaterThan(megabyte);
  });

  it('is made once, anew where it was given up or cut short, and given up more than once without harm', () => {
    const folder = createTempFolder();
    const path = join(folder, 'reserve.bin');
    const reserve = createDiskReserve(folder);
    reserve.hold();
    const first = readFileSync(path);
    reserve.hold();
    expect(readFileSync(path).equals(first)).toBe(true);
    reserve.free();
    reserve.free();
    expect(existsSync(path)).toBe(false);
    reserve.hold();
    truncateSync(path, 100);
    reserve.hold();
    expect(statSync(path).size).toBe(megabyte);
  });

  it('that cannot be made is a fault of the program where no disk is the reason', () => {
    const folder = createTempFolder();
    mkdirSync(join(folder, 'reserve.bin'));
    expect(() => createDiskReserve(folder).hold()).toThrow('EISDIR');
  });
});
