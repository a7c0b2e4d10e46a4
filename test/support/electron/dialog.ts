import type { Dialog } from 'electron';
import { guard } from './guard.ts';
import { note } from './note.ts';

type Modelled = Pick<Dialog, 'showErrorBox'> & Record<'showOpenDialog' | 'showSaveDialog' | 'showMessageBox', unknown>;

/** Nobody is there to answer, so a dialog is cancelled; tests put their own functions in place of these. */
function cancelled<T>(name: string, answer: (options: { cancelId?: number }) => T): (...args: unknown[]) => Promise<T> {
  return (...args) => {
    note(`dialog.${name} is not scripted: cancelled`);
    return Promise.resolve(answer((args.at(-1) ?? {}) as { cancelId?: number }));
  };
}

const modelled: Modelled = {
  showOpenDialog: cancelled('showOpenDialog', () => ({ canceled: true, filePaths: [] as string[] })),
  showSaveDialog: cancelled('showSaveDialog', () => ({ canceled: true, filePath: '' })),
  showMessageBox: cancelled('showMessageBox', ({ cancelId = 0 }) => ({ response: cancelId, checkboxChecked: false })),
  showErrorBox: (title, content) => note(`dialog.showErrorBox: ${title}: ${content}`),
};

export const dialog = guard(modelled, 'dialog') as unknown as Dialog;
