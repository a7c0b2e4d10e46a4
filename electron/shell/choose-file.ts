import { BrowserWindow, dialog, type OpenDialogOptions } from 'electron';
import { ok } from '../../shared/result.ts';
import type { FileTokens } from '../files/file-tokens.ts';
import type { ChooseFile } from '../operations/handler-parts.ts';

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
