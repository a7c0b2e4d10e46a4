import { basename, join } from 'node:path';
import { app, BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import { ok } from '../../shared/result.ts';
import type { FileTokens } from '../files/file-tokens.ts';
import type { ChooseFile, ChooseTarget } from '../operations/handler-parts.ts';

const filters: Readonly<Record<Parameters<ChooseFile>[0], OpenDialogOptions>> = {
  pdf: { properties: ['openFile'], filters: [{ name: 'PDF', extensions: ['pdf'] }] },
  table: { properties: ['openFile'], filters: [{ name: 'CSV / Excel', extensions: ['csv', 'txt', 'xlsx', 'xlsm'] }] },
  image: { properties: ['openFile'], filters: [{ name: 'JPG / PNG', extensions: ['jpg', 'jpeg', 'png'] }] },
  'pdf-folder': { properties: ['openDirectory'] },
};

/** The system's dialog; what is chosen comes back as a handle. */
export function chooseFileByDialog(files: FileTokens): ChooseFile {
  return async (kind) => {
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    const chosen = window
      ? await dialog.showOpenDialog(window, filters[kind])
      : await dialog.showOpenDialog(filters[kind]);
    const [path] = chosen.filePaths;
    return chosen.canceled || path === undefined ? ok(null) : files.admit(path);
  };
}

const targetFilters = {
  csv: { name: 'CSV', extensions: ['csv'] },
  xlsx: { name: 'Excel', extensions: ['xlsx'] },
  png: { name: 'PNG', extensions: ['png'] },
  pdf: { name: 'PDF', extensions: ['pdf'] },
  txt: { name: 'TXT', extensions: ['txt'] },
} as const;

/** The system's dialog that asks where to save, and whether a file there may be replaced. */
export function chooseTargetByDialog(files: FileTokens): ChooseTarget {
  return async ({ name, kind }) => {
    const { extensions, ...filter } = targetFilters[kind];
    const options: SaveDialogOptions = {
      defaultPath: join(app.getPath('documents'), name),
      filters: [{ ...filter, extensions: [...extensions] }],
    };
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    const chosen = window ? await dialog.showSaveDialog(window, options) : await dialog.showSaveDialog(options);
    if (chosen.canceled || chosen.filePath === '') return ok(null);
    const token = await files.admitTarget(chosen.filePath);
    return token.ok ? ok({ token: token.value, name: basename(chosen.filePath) }) : token;
  };
}
