import { rmSync } from 'node:fs';
import { copyFile, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import type { DragOut } from '../operations/handler-parts.ts';

const folders: string[] = [];

const removeCopies = () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
};

/** Whoever took a file may read it long after the drop, so the copies stay until the program ends. */
export const dragOut: DragOut = async (path, name) => {
  const folder = await mkdtemp(join(app.getPath('temp'), 'fapiao-desk-'));
  if (folders.push(folder) === 1) app.once('quit', removeCopies);
  const file = join(folder, name);
  await copyFile(path, file);
  const icon = await app.getFileIcon(file);
  BrowserWindow.getAllWindows()[0]?.webContents.startDrag({ file, icon });
};
