import { parseArgs } from 'node:util';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type Language, languages } from '../../shared/text.ts';

const options = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  'data-dir': { type: 'string' },
  csv: { type: 'string' },
  'pdf-dir': { type: 'string' },
  account: { type: 'string' },
  template: { type: 'string' },
  'dry-run': { type: 'boolean' },
  report: { type: 'string' },
  concurrency: { type: 'string' },
  batch: { type: 'string' },
  'ask-again': { type: 'boolean' },
  'retry-rejected': { type: 'boolean' },
  port: { type: 'string' },
  books: { type: 'string' },
  appid: { type: 'string' },
  secret: { type: 'string' },
  authorise: { type: 'boolean' },
  backup: { type: 'string' },
  list: { type: 'boolean' },
  yes: { type: 'boolean' },
} as const;

const commands = ['operations', 'call', 'issue', 'resume', 'practice', 'doctor', 'restore', 'demo', 'help'] as const;
export type Command = (typeof commands)[number];

export interface CommandLine {
  readonly command: Command;
  /** What stands after the command. */
  readonly rest: readonly string[];
  readonly flags: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>['values'];
  readonly language: Language;
}

function isCommand(word: string): word is Command {
  return commands.some((known) => known === word);
}

/** `--lang`, else the system's language where it is English, else Chinese. */
export function chooseLanguage(flag: string | undefined, environment: NodeJS.ProcessEnv): Language {
  const wanted = flag ?? environment['FAPIAO_LANG'] ?? environment['LC_ALL'] ?? environment['LANG'] ?? '';
  return wanted.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

/** Reads the words after the program's name. */
export function readCommandLine(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): Result<CommandLine, AppError> {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
    const [word = 'help', ...rest] = positionals;
    if (!isCommand(word)) return fail(appError('usage.wrong', { reason: `没有这个命令 / no such command: ${word}` }));
    if (values.lang !== undefined && !languages.some((known) => known === values.lang))
      return fail(appError('usage.wrong', { reason: `--lang ${values.lang}: ${languages.join(', ')}` }));
    const command = values.help ? 'help' : word;
    return ok({ command, rest, flags: values, language: chooseLanguage(values.lang, environment) });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return fail(appError('usage.wrong', { reason: error.message }));
  }
}

export const usage = `发票台 Fapiao Desk

  operations [--json]                列出全部操作及其 JSON Schema
                                     list every operation, with JSON Schemas
  call OPERATION JSON|-              调用一个操作；文件写成 "@路径"
                                     run one operation; a file is written "@PATH"
  issue --csv FILE --pdf-dir DIR --account NAME [--template NAME|CARD_ID]
        [--dry-run] [--report FILE] [--concurrency N]
                                     按表格批量开具，并写出报告
                                     issue from a spreadsheet and write the report
  resume [--batch N] [--ask-again] [--retry-rejected] [--report FILE] [--concurrency N]
                                     继续中断的批次；--ask-again：结果未知的再问一次微信
                                     go on with an interrupted batch; --ask-again: ask WeChat about unknown outcomes
  practice [--port N] [--books FILE] [--appid ID --secret SECRET] [--authorise]
                                     启动练习用的微信服务器（--authorise：订单须先授权）
                                     start the practice WeChat server (--authorise: orders must be authorised)
  doctor [--account NAME]            检查网络、凭证、IP 白名单、数据库、磁盘
                                     check network, token, IP allow-list, database, disk
  restore [--backup NAME|newest] [--list] [--yes]
                                     列出备份；核对数量后恢复，现有文件移到 aside 保存
                                     list backups; compare counts and restore, keeping present files aside
  demo                               用样例走一遍：练习服务器、账号、模板、批量开具
                                     walk through the samples on the practice server

  --data-dir DIR (FAPIAO_DATA_DIR)   数据文件夹 / data folder
  --json                             每行一个 JSON / one JSON object a line
  --lang zh-CN|en                    输出语言 / language
  FAPIAO_APP_SECRET                  无界面运行时的 AppSecret / the AppSecret of headless runs
`;
