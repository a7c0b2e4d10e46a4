import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { databaseIn } from '../../../electron/records/backup-files.ts';
import { sealOf } from '../../../electron/records/backup-page-seal.ts';
import { openFolder } from '../../faults/disk/data-folder.ts';
import { jsonLines } from '../../support/cli.ts';
import { standInPath } from '../../support/electron/stand-in-path.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

const projectRoot = join(import.meta.dirname, '..', '..', '..');

/**
 * Loaded before the program's main script: answers its message box as a person would, and tells what it was
 * asked.
 */
const answeringHook = `
const { dialog, shell } = require('electron');
const tell = (line) => process.stdout.write(JSON.stringify(line) + '\\n');
dialog.showMessageBox = async (options) => {
  tell({ asked: options });
  const response = options.buttons.findIndex((button) => button.includes(process.env.ANSWER));
  return { response: response < 0 ? options.cancelId : response, checkboxChecked: false };
};
shell.openPath = async (path) => {
  tell({ opened: path });
  return '';
};
`;

/** A damaged data folder of two invoices, with a backup of one; without it on demand. */
async function writeDamagedFolder(withBackup: boolean): Promise<string> {
  const dataFolder = createTempFolder();
  const opened = openFolder(dataFolder);
  onTestFinished(opened.close);
  opened.add('issued');
  if (withBackup) await opened.backUp();
  opened.add('unknown');
  opened.close();
  const bytes = readFileSync(databaseIn(dataFolder));
  bytes.fill(0, 8192, 12_288);
  writeFileSync(databaseIn(dataFolder), bytes);
  return dataFolder;
}

/** Starts the program with its windows, and answers what it asks with the button that has this word. */
async function start(dataFolder: string, answer: string) {
  const hook = join(createTempFolder(), 'answer.cjs');
  writeFileSync(hook, answeringHook);
  const args = ['-r', hook, join(projectRoot, 'electron', 'main.ts')];
  const child = spawn(standInPath(), args, {
    cwd: projectRoot,
    env: { ...process.env, FAPIAO_DATA_DIR: dataFolder, ANSWER: answer },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const stdout = await text(child.stdout);
  const [code] = await exit;
  return { code: Number(code), said: jsonLines(stdout) };
}

describe('a damaged database that no seal knows', () => {
  it('is refused at every start, not at the first alone', () => {
    const dataFolder = createTempFolder();
    const opened = openFolder(dataFolder);
    opened.add('issued');
    opened.close();
    const bytes = readFileSync(databaseIn(dataFolder));
    // No start reads the last page for its own ends: only a check of the whole file comes upon it.
    bytes.fill(0, bytes.length - 4096);
    writeFileSync(databaseIn(dataFolder), bytes);
    rmSync(sealOf(databaseIn(dataFolder)), { force: true });
    for (const _start of [1, 2, 3]) expect(() => openFolder(dataFolder)).toThrow('database.damaged');
  });
});

describe('the program with windows, started on a damaged database', () => {
  it('asks with both counts in both languages, and quits by default', async () => {
    const dataFolder = await writeDamagedFolder(true);
    const before = readFileSync(databaseIn(dataFolder));
    const { code, said } = await start(dataFolder, 'no such button');
    expect(code).toBe(1);
    expect(said).toMatchObject([
      {
        asked: {
          buttons: ['恢复这个备份 / Restore this backup', '打开数据文件夹 / Open the data folder', '退出 / Quit'],
          defaultId: 2,
          cancelId: 2,
        },
      },
    ]);
    const asked = JSON.stringify(said);
    for (const words of [
      '没有删除任何文件',
      '发票 1 张（已开具 1',
      'Nothing was deleted',
      '1 invoices (1 issued, 0 unknown)',
    ])
      expect(asked).toContain(words);
    expect(readFileSync(databaseIn(dataFolder)).equals(before)).toBe(true);
    expect(readdirSync(dataFolder)).not.toContain('aside');
  });

  it('opens the data folder and ends', async () => {
    const dataFolder = await writeDamagedFolder(true);
    const { code, said } = await start(dataFolder, 'Open the data folder');
    expect({ code, opened: said[1] }).toEqual({ code: 1, opened: { opened: dataFolder } });
  });

  it('restores the newest good backup, keeps the former files, and goes on to its window', async () => {
    const dataFolder = await writeDamagedFolder(true);
    const { said } = await start(dataFolder, 'Restore this backup');
    expect(said).toHaveLength(1);
    // The window itself needs the built page, which is not wanted here: how far it came is told by what it lacks.
    expect(readFileSync(join(dataFolder, 'logs', 'main.log'), 'utf8')).toContain('openMainWindow');
    expect(readdirSync(join(dataFolder, 'aside'))).toHaveLength(1);
    const opened = openFolder(dataFolder);
    expect(opened.backups.countNow()).toMatchObject({ invoices: 1, issued: 1 });
    opened.close();
  });

  it('offers no restore where there is no backup', async () => {
    const { said } = await start(await writeDamagedFolder(false), 'no such button');
    expect(said).toMatchObject([
      { asked: { buttons: ['打开数据文件夹 / Open the data folder', '退出 / Quit'], defaultId: 1, cancelId: 1 } },
    ]);
  });
});
