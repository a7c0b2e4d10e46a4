import { app, type BrowserWindow, dialog } from 'electron';
import { reopenedQuery } from '../../shared/contract/reopened-page.ts';
import { inLanguage, type Language, languages, type Text } from '../../shared/text.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { appOrigin } from './app-protocol.ts';
import { createCrashLimit } from './crash-limit.ts';

interface Question {
  readonly message: Text;
  readonly detail: Text;
  /** The first is what Enter and the closing of the dialog mean. */
  readonly buttons: readonly [Text, Text];
}

const crashedAgain: Question = {
  message: { zhCN: '页面接连意外关闭', en: 'The page keeps closing unexpectedly' },
  detail: {
    zhCN: '已保存的内容都没有丢失，正在开具的批次照常进行。可以再打开一次；还是这样的话，请退出后重新启动电脑。',
    en: 'Nothing that was saved is lost, and a batch that is being issued goes on. Open the page again; if it closes once more, quit and restart the computer.',
  },
  buttons: [
    { zhCN: '重新打开', en: 'Open again' },
    { zhCN: '退出', en: 'Quit' },
  ],
};

const hanging: Question = {
  message: { zhCN: '页面没有反应', en: 'The page does not respond' },
  detail: {
    zhCN: '可以再等一会儿，或重新打开页面：已保存的内容都在，正在开具的批次照常进行，只有最后几秒的输入可能丢失。',
    en: 'Wait a little longer, or open the page again: what was saved is kept, and a batch that is being issued goes on. Only what was typed in the last seconds may be lost.',
  },
  buttons: [
    { zhCN: '继续等待', en: 'Wait' },
    { zhCN: '重新打开页面', en: 'Open the page again' },
  ],
};

/** Where the page was, as an address that tells it that it was opened again; of an address not ours, its beginning. */
function addressAgain(last: string): string {
  const url = URL.parse(last);
  const place = url && `${url.protocol}//${url.host}` === appOrigin ? url.hash : '';
  return `${appOrigin}/index.html${reopenedQuery}${place}`;
}

/**
 * Opens a page again whose process has gone, where it was: what runs in the main process never notices, and what was
 * saved is read anew. A page that goes again and again, or hangs, is a person's to decide on.
 */
export function createPageRecovery({ log, clock }: { readonly log: Log; readonly clock: Clock }) {
  let language: Language = languages[0];

  /** @returns the place of the button that was pressed; 0 where the signal ended the question */
  async function ask(window: BrowserWindow, { message, detail, buttons }: Question, signal?: AbortSignal) {
    const options = {
      type: 'warning',
      title: '发票台 Fapiao Desk',
      message: inLanguage(message, language),
      detail: inLanguage(detail, language),
      buttons: buttons.map((button) => inLanguage(button, language)),
      defaultId: 0,
      cancelId: 0,
      noLink: true,
      ...(signal ? { signal } : {}),
    } as const;
    // A sheet of a window that is not shown yet would be seen by nobody.
    const answer = window.isVisible() ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options);
    return (await answer).response;
  }

  return {
    speak(chosen: Language): void {
      language = chosen;
    },
    /** Watches over a window's page. @returns how it is loaded: a page that goes meanwhile is no failure of the load's */
    watch(window: BrowserWindow): (address: string) => Promise<void> {
      const { webContents } = window;
      const limit = createCrashLimit(clock);
      let crashes = 0;
      let question: AbortController | undefined;

      async function load(address: string): Promise<void> {
        const before = crashes;
        try {
          await window.loadURL(address);
        } catch (error) {
          if (window.isDestroyed() || webContents.isCrashed() || crashes > before) return;
          throw error;
        }
      }

      async function recover(): Promise<void> {
        if (window.isDestroyed()) return;
        const address = addressAgain(webContents.getURL());
        if (!limit.admits()) {
          const answer = await ask(window, crashedAgain);
          if (answer === 1) app.quit();
          if (answer === 1 || window.isDestroyed()) return;
          limit.forgive();
        }
        await load(address);
      }

      async function askAboutHanging(): Promise<void> {
        const own = new AbortController();
        question = own;
        const answer = await ask(window, hanging, own.signal);
        if (question === own) question = undefined;
        // Its end comes as that of any other page, which opens it again.
        if (answer === 1 && !own.signal.aborted && !window.isDestroyed()) webContents.forcefullyCrashRenderer();
      }

      webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
        question?.abort();
        if (reason === 'clean-exit') return;
        crashes += 1;
        log.error('window.page-gone', { reason, exitCode });
        // Loaded from within the event, a page can bring Electron down: https://github.com/electron/electron/pull/51900
        setImmediate(() => void recover());
      });
      webContents.on('unresponsive', () => {
        if (question) return;
        log.warn('window.page-hangs');
        void askAboutHanging();
      });
      webContents.on('responsive', () => question?.abort());
      return load;
    },
  };
}
export type PageRecovery = ReturnType<typeof createPageRecovery>;
