import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import { contract } from '../../shared/contract/contract.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { fail } from '../../shared/result.ts';
import type { App } from '../app.ts';
import { appOrigin } from './app-protocol.ts';
import { isTooMuch } from './input-size.ts';

/** Only the top frame of our own page may ask; a frame that is gone has no right left. */
export function isTrustedSender({ senderFrame }: Pick<IpcMainInvokeEvent, 'senderFrame'>): boolean {
  if (!senderFrame || senderFrame.parent !== null) return false;
  const url = URL.parse(senderFrame.url);
  return url !== null && `${url.protocol}//${url.host}` === appOrigin;
}

function assertTrusted(event: IpcMainInvokeEvent): void {
  if (!isTrustedSender(event)) throw new Error('this frame may not call the program');
}

/** One channel an operation, and one for the files a person drops; each asks who is calling. */
export function registerOperations(app: App): void {
  for (const name of Object.keys(contract))
    ipcMain.handle(`operation:${name}`, (event, input: unknown) => {
      assertTrusted(event);
      if (isTooMuch(name, input)) return fail(appError('input.too-much'));
      return app.call(name, input);
    });
  ipcMain.handle('file:admit', (event, path: unknown) => {
    assertTrusted(event);
    // A File that was made in the page has no path.
    if (typeof path !== 'string' || path === '') return fail(appError('file.not-found', { file: '' }));
    return app.files.admit(path);
  });
}
