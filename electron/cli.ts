import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import type { AppError } from '../shared/errors/app-error.ts';
import { ok, type Result } from '../shared/result.ts';
import { createEnvironmentSecretStore } from './accounts/secret-store.ts';
import { type App, createApp } from './app.ts';
import { type CommandLine, chooseLanguage, readCommandLine, usage } from './cli/command-line.ts';
import { callCommand, doctorCommand, listOperations } from './cli/commands.ts';
import { dataFolder } from './cli/data-folder.ts';
import { demoCommand } from './cli/demo-command.ts';
import { issueCommand } from './cli/issue-command.ts';
import { createOutput, type Output, toJson } from './cli/output.ts';
import { practiceCommand } from './cli/practice-command.ts';
import { restoreCommand } from './cli/restore-command.ts';
import { resumeCommand } from './cli/resume-command.ts';
import { systemClock } from './support/clock.ts';
import { createStderrLog } from './support/log.ts';
import { keepHeapSmall } from './support/small-heap.ts';

/** The folder with package.json and resources: above the sources, or above the bundle. */
function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

async function runWithApp(
  app: App,
  line: CommandLine,
  output: Output,
  isInterrupted: () => boolean,
): Promise<Result<boolean, AppError>> {
  switch (line.command) {
    case 'call':
      return ok(await callCommand(app, line, (result) => process.stdout.write(`${toJson(result)}\n`)));
    case 'issue':
      return issueCommand(app, line, output, isInterrupted);
    case 'resume':
      return resumeCommand(app, line, output, isInterrupted);
    case 'doctor':
      return doctorCommand(app, line, output);
    case 'demo':
      return demoCommand(app, join(projectRoot(), 'resources'), output, isInterrupted);
    default:
      throw new Error(`${line.command} needs no app`);
  }
}

/** Resolves at the first interrupt; the second one ends the program as a person in a hurry expects. */
function interrupted(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      resolve();
      process.once(signal, () => process.exit(130));
    });
  return promise;
}

async function withApp(line: CommandLine, output: Output): Promise<Result<boolean, AppError>> {
  const isDemo = line.command === 'demo' && !line.flags['data-dir'] && !process.env['FAPIAO_DATA_DIR'];
  const folder = isDemo ? join(projectRoot(), '.demo') : dataFolder(line.flags['data-dir'], process.env);
  const app = createApp({
    dataFolder: folder,
    version: packageJson.version,
    program: 'command line',
    secrets: createEnvironmentSecretStore(process.env),
    clock: systemClock,
    log: createStderrLog(process.env['FAPIAO_LOG'] ?? 'error'),
    emit: (name, payload) => {
      if (name === 'batch.progress' && 'counts' in payload) output.progress(payload);
    },
  });
  if (!app.ok) return app;
  let isInterrupted = false;
  void interrupted().then(() => {
    isInterrupted = true;
    app.value.stopWork();
    output.note({
      zhCN: '正在停下：等待已发出的请求得到回答。再按一次 Ctrl-C 立即结束。',
      en: 'Stopping: waiting for answers to what is on the wire. Ctrl-C once more ends at once.',
    });
  });
  try {
    return await runWithApp(app.value, line, output, () => isInterrupted);
  } finally {
    await app.value.close();
  }
}

async function run(line: CommandLine, output: Output): Promise<Result<boolean, AppError>> {
  switch (line.command) {
    case 'help':
      process.stdout.write(usage);
      return ok(true);
    case 'operations':
      listOperations(output, line.flags.json ?? false);
      return ok(true);
    case 'practice':
      return practiceCommand(line, output, interrupted());
    case 'restore':
      // Without an app: the database may be too damaged for one.
      return restoreCommand(line, dataFolder(line.flags['data-dir'], process.env), output);
    default:
      return withApp(line, output);
  }
}

/** A reader that went away (`… | head -1`) ends the words, not the work. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
}

/** The wish for a language in words that could not be read as a whole. */
function wantedLanguage(words: readonly string[]): string | undefined {
  const index = words.indexOf('--lang');
  return index < 0 ? words.find((word) => word.startsWith('--lang='))?.slice('--lang='.length) : words[index + 1];
}

async function main(words: readonly string[]): Promise<number> {
  keepHeapSmall();
  outliveReaders();
  const line = readCommandLine(words, process.env);
  const json = line.ok ? (line.value.flags.json ?? false) : words.includes('--json');
  const language = line.ok ? line.value.language : chooseLanguage(wantedLanguage(words), process.env);
  const output = createOutput(process, { json, language });
  const result = line.ok ? await run(line.value, output) : line;
  if (result.ok) return result.value ? 0 : 1;
  // `call` answers in JSON whichever way it ends.
  if (line.ok && line.value.command === 'call' && !json) process.stdout.write(`${toJson(result)}\n`);
  output.error(result.error);
  return 1;
}

process.exitCode = await main(process.argv.slice(2));
