import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

export interface CliOptions {
  readonly dataFolder: string;
  /** What stands on stdin; by default nothing. */
  readonly input?: string;
  /** Variables beside PATH and the data folder; the language is Chinese unless one says otherwise. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** The command line in a process of its own, still running. Whoever starts it ends it. */
export function spawnCli(words: readonly string[], { dataFolder, environment }: CliOptions): Child {
  return spawn(process.execPath, ['--import', './scripts/require-node.mjs', 'electron/cli.ts', ...words], {
    cwd: projectRoot,
    env: {
      PATH: process.env['PATH'],
      FAPIAO_DATA_DIR: dataFolder,
      // A second of each start is the reading of the sources, which stay the same.
      NODE_COMPILE_CACHE: join(projectRoot, 'node_modules', '.cache', 'fapiao-cli'),
      ...environment,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Runs the command line to its end. */
export async function runCli(words: readonly string[], options: CliOptions): Promise<CliResult> {
  const child = spawnCli(words, options);
  child.stdin.end(options.input ?? '');
  const exit = once(child, 'exit');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await exit;
  return { code: typeof code === 'number' ? code : null, stdout, stderr };
}

/** The lines of an output, each one JSON object. */
export function jsonLines(stdout: string): Readonly<Record<string, unknown>>[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>); // the command line's own promise, which the tests check
}

/** Waits until what a running child has printed so far fits, and answers all of it. Fails when it ends before that. */
export async function waitForOutput(stream: Readable, fits: (printed: string) => boolean): Promise<string> {
  let printed = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    printed += String(chunk);
    if (fits(printed)) return printed;
  }
  throw new Error(`the program ended after printing: ${printed}`);
}
