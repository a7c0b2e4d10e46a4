import { setTimeout } from 'node:timers/promises';
import { app, dialog } from 'electron';
import type { Log } from '../support/log.ts';

/** Longer than an insert waits for its answer; whatever takes longer to end than this does not end any more. */
const longestEndMs = 60_000;

interface FatalErrorParts {
  readonly log: Log;
  readonly logFile: string;
  /** Ends the program's work in good order. */
  readonly close: () => Promise<void>;
}

function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}

/**
 * An error that nobody expected ends the program, since nobody knows what still holds after it: what is on the wire is
 * awaited and written down, then a person is told, and what was not finished is found at the next start.
 */
export function endOnFatalErrors({ log, logFile, close }: FatalErrorParts): void {
  let isEnding = false;
  async function end(origin: string, thrown: unknown): Promise<void> {
    log.error('program.failed', { origin, thrown: stackOf(thrown) });
    if (isEnding) return;
    isEnding = true;
    const closing = close().catch((error: unknown) => log.error('program.not-closed', { thrown: stackOf(error) }));
    // Not before that: the box stops the main process, and with it the answers that are awaited.
    await Promise.race([closing, setTimeout(longestEndMs, undefined, { ref: false })]);
    dialog.showErrorBox(
      '发票台 Fapiao Desk',
      [
        '程序遇到意外错误，需要退出。已保存的内容没有丢失；没有完成的会在下次打开时显示。日志文件：',
        'An unexpected error ends the program. Nothing that was saved is lost; what was not finished is shown when you open it again. The log file:',
        logFile,
      ].join('\n\n'),
    );
    app.exit(1);
  }
  process.on('uncaughtException', (error) => void end('exception', error));
  process.on('unhandledRejection', (reason) => void end('rejection', reason));
}
