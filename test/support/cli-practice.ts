import { once } from 'node:events';
import { join } from 'node:path';
import { createPracticeControl, type PracticeControl } from '../../electron/practice/practice-control.ts';
import { systemClock } from '../../electron/support/clock.ts';
import { openApp, templateContent } from './app-under-test.ts';
import { jsonLines, spawnCli, waitForOutput } from './cli.ts';
import { createTempFolder } from './temp-folder.ts';

export const practiceAppid = 'wx00000000000000aa';
export const practiceSecret = 'the-secret-of-a-practising-shop';

export interface CliPractice {
  readonly url: string;
  readonly control: PracticeControl;
  /** Interrupts it, as Ctrl-C does. @returns its exit code */
  stop(): Promise<number | null>;
}

/** A practice server started by the command line itself, on whatever port is free. */
export async function startCliPractice(): Promise<CliPractice> {
  const words = ['practice', '--port', '0', '--json', '--appid', practiceAppid, '--secret', practiceSecret];
  const child = spawnCli(words, { dataFolder: '/nowhere' });
  const [started] = jsonLines(await waitForOutput(child.stdout, (printed) => printed.includes('\n')));
  const url = String(started?.['url']);
  return {
    url,
    control: createPracticeControl(url),
    async stop() {
      const exit = once(child, 'exit');
      child.kill('SIGINT');
      const [code] = await exit;
      return typeof code === 'number' ? code : null;
    },
  };
}

/** A data folder with a real-kind account named `shop`, whose API is at `url`, and with one template. */
export async function createShopFolder(url: string) {
  const folder = createTempFolder();
  const dataFolder = join(folder, 'data');
  const app = openApp({ dataFolder, clock: systemClock, secret: practiceSecret });
  const { id: accountId } = await app.succeed('account.create', {
    name: 'shop',
    kind: 'wechat',
    appid: practiceAppid,
    baseUrl: url,
  });
  const template = await app.succeed('template.create', { accountId, content: templateContent });
  await app.close();
  return { folder, dataFolder, accountId, templateId: template.id, databaseFile: join(dataFolder, 'fapiao-desk.db') };
}
