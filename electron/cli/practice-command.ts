import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { startPracticeServer } from '../practice/practice-server.ts';
import type { CommandLine } from './command-line.ts';
import type { Output } from './output.ts';

function readPort(flag: string | undefined): Result<number, AppError> {
  const port = Number(flag ?? 0);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return ok(port);
  return fail(appError('usage.wrong', { reason: `--port ${flag}` }));
}

/** `practice`: the practice WeChat server on its own, until it is interrupted. */
export async function practiceCommand(
  { flags }: CommandLine,
  output: Output,
  interrupted: Promise<void>,
): Promise<Result<boolean, AppError>> {
  const port = readPort(flags.port);
  if (!port.ok) return port;
  const app = {
    appid: flags.appid ?? 'wx00000000000000aa',
    secret: flags.secret ?? 'practice-secret-of-fapiao-desk',
    customerMustAuthorise: flags.authorise ?? false,
  };
  const started = await startPracticeServer({
    port: port.value,
    apps: [app],
    ...(flags.books === undefined ? {} : { booksFile: flags.books }),
  });
  if (!started.ok) return started;
  const { url } = started.value;
  output.say({
    zhCN: `练习服务器：${url}\nAppID ${app.appid}，AppSecret ${app.secret}\n按 Ctrl-C 结束`,
    en: `Practice server: ${url}\nAppID ${app.appid}, AppSecret ${app.secret}\nCtrl-C ends it`,
  });
  output.result({ ok: true, url, appid: app.appid });
  await interrupted;
  await started.value.close();
  return ok(true);
}
