import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { standInPath } from '../../test/support/electron/stand-in-path.ts';
import { projectRoot } from '../run.ts';

/** As Electron 45 has them in its binary: the mark, the version of the list, its length, and a digit a fuse. */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseDefaults = '101110011';

const fuseWire = Buffer.concat([
  Buffer.from(fuseMark),
  Buffer.from([1, fuseDefaults.length]),
  Buffer.from(fuseDefaults),
]);

/**
 * A folder that electron-builder takes for Electron's distribution. Its program is the stand-in, with a fuse wire behind it
 * that a shell never reads, so that the flipping of fuses can be seen.
 */
export function makeLinuxDistribution(folder: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'), { recursive: true });
  for (const language of ['zh-CN', 'en-US', 'de']) writeFileSync(join(folder, 'locales', `${language}.pak`), '');
  const script = Buffer.from(`#!/bin/sh\nexec '${standInPath()}' "$@"\n`);
  writeFileSync(join(folder, 'electron'), Buffer.concat([script, fuseWire]), { mode: 0o755 });
}

/** A program for Windows that a tool for packaging brings: the form is wanted, it is never started. */
export const windowsProgram = join(projectRoot, 'node_modules', 'electron-winstaller', 'vendor', 'rcedit.exe');

/** The same for Windows. */
export function makeWindowsDistribution(folder: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'), { recursive: true });
  writeFileSync(join(folder, 'locales', 'zh-CN.pak'), '');
  const program = join(folder, 'electron.exe');
  copyFileSync(windowsProgram, program);
  writeFileSync(program, fuseWire, { flag: 'a' });
}
