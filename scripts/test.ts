import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureChromium } from './ensure-chromium.ts';
import { ensureRedis } from './ensure-redis.ts';
import { projectRoot, run } from './run.ts';

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Their names, so that the last lines say what failed: that is what is kept of a long output. */
  readonly failures?: readonly string[];
  /** The names of those that passed when they were tried a second time. */
  readonly flaky?: readonly string[];
}

interface Stage {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Reads the counts a test runner left behind; stages that only check have none. */
  readonly count?: () => Count;
  /** Runs files alone, to see whether they fail by themselves. */
  readonly alone?: (files: readonly string[]) => readonly [string, ...string[]];
}

/** More are no accident. */
const mostDead = 3;
const mostFlaky = 1;

const results = join(projectRoot, 'test-results', 'counts');
const resultFile = (name: string) => join(results, `${name}.json`);

function readResult(name: string): Readonly<Record<string, unknown>> {
  // Written by the runner of this very run; the folder is emptied before.
  return JSON.parse(readFileSync(resultFile(name), 'utf8')) as Record<string, unknown>;
}

interface VitestFile {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
}

function failuresOf({ name, status, assertionResults }: VitestFile): readonly string[] {
  const file = relative(projectRoot, name);
  const failed = assertionResults.filter((result) => result.status === 'failed');
  // A file that could not be loaded has failed without a test of its own.
  if (failed.length === 0 && status === 'failed') return [file];
  return failed.map(({ fullName }) => `${file} › ${fullName}`);
}

interface PlaywrightSuite {
  readonly title: string;
  readonly specs?: readonly PlaywrightSpec[];
  readonly suites?: readonly PlaywrightSuite[];
}

interface PlaywrightSpec {
  readonly title: string;
  readonly tests: readonly { readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped' }[];
}

function specsThat(status: 'unexpected' | 'flaky', { title, specs = [], suites = [] }: PlaywrightSuite): string[] {
  return [
    ...specs
      .filter(({ tests }) => tests.some((one) => one.status === status))
      .map((spec) => `${title} › ${spec.title}`),
    ...suites.flatMap((suite) => specsThat(status, suite)).map((name) => `${title} › ${name}`),
  ];
}

function vitestStage(project: string): Stage {
  const command = ['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json'] as const;
  return {
    name: project,
    command: [...command, `--outputFile.json=${resultFile(project)}`],
    alone: (files) => ['vitest', 'run', '--project', project, ...files],
    count: () => {
      const { numPassedTests, numFailedTests, numPendingTests, testResults } = readResult(project);
      const files = testResults as readonly VitestFile[];
      const failures = files.flatMap((file) => failuresOf(file));
      return {
        passed: Number(numPassedTests),
        failed: Number(numFailedTests),
        skipped: Number(numPendingTests),
        failures,
      };
    },
  };
}

const stages: readonly Stage[] = [
  { name: 'lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: ['npm', 'run', '-s', 'types'] },
  { name: 'layers', command: ['npm', 'run', '-s', 'layers'] },
  { name: 'unused', command: ['knip'] },
  vitestStage('unit'),
  vitestStage('integration'),
  vitestStage('renderer'),
  {
    name: 'faults',
    command: ['npm', 'run', '-s', 'test:faults', '--', '--counts', resultFile('faults')],
    count: () => {
      const { passed, failed, skipped } = readResult('faults');
      return { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
    },
  },
  { name: 'build', command: ['npm', 'run', '-s', 'build', '--', '--logLevel', 'warn'] },
  {
    name: 'e2e',
    command: ['npm', 'run', '-s', 'test:e2e'],
    count: () => {
      const report = readResult('e2e');
      // Playwright's JSON report
      const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report['stats'] as Record<string, number>;
      const suites = report['suites'] as readonly PlaywrightSuite[];
      return {
        passed: expected + flaky,
        failed: unexpected,
        skipped,
        failures: suites.flatMap((suite) => specsThat('unexpected', suite)),
        flaky: suites.flatMap((suite) => specsThat('flaky', suite)),
      };
    },
  },
];

function countOf(stage: Stage, code: number): Count | undefined {
  try {
    return stage.count?.();
  } catch (error) {
    // A runner that did not get as far as its report has failed already.
    if (code !== 0) return undefined;
    throw error;
  }
}

/**
 * Files whose process died before its tests had an outcome: V8 does so now and then where threads come and go. They are run
 * once more, by themselves; that they died is said in the last lines whatever comes of it.
 */
async function runDeadAgain(
  { alone }: Stage,
  count: Count | undefined,
): Promise<{ readonly died: readonly string[]; readonly isMended: boolean }> {
  const failures = count?.failures ?? [];
  const isOnlyDeath = count?.failed === 0 && failures.length > 0 && failures.length <= mostDead;
  if (!alone || !isOnlyDeath) return { died: [], isMended: false };
  console.log(`\nwithout an outcome, run once more: ${failures.join(', ')}`);
  const [command, ...args] = alone(failures);
  return { died: failures, isMended: (await run(command, args)) === 0 };
}

async function runStage(
  stage: Stage,
): Promise<{ readonly line: string; readonly ok: boolean; readonly count?: Count }> {
  const startedAt = Date.now();
  console.log(`\n── ${stage.name}`);
  const [command, ...args] = stage.command;
  const code = await run(command, args);
  const count = countOf(stage, code);
  const empty = count !== undefined && count.passed === 0;
  const { died, isMended } = code === 0 ? { died: [], isMended: false } : await runDeadAgain(stage, count);
  const flaky = count?.flaky ?? [];
  const ok = (code === 0 || isMended) && !empty && (count?.failed ?? 0) === 0 && flaky.length <= mostFlaky;
  const counted = count ? `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped` : '';
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  const note = died.length > 0 ? ` (its process died${isMended ? '; passed when run alone' : ''})` : '';
  const names = [
    ...(count?.failures ?? []).map((name) => `\n    ${name}${note}`),
    ...flaky.map((name) => `\n    ${name} (passed at the second try)`),
  ].join('');
  return {
    line: `${ok ? '✓' : '✗'} ${stage.name.padEnd(12)} ${seconds.padStart(6)} s  ${counted}${names}`,
    ok,
    ...(count && { count }),
  };
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const chromium = await ensureChromium().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
process.env['FAPIAO_CHROMIUM'] = chromium;
try {
  ensureRedis();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
const wanted = process.argv.slice(2);
const chosen = stages.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const done: Awaited<ReturnType<typeof runStage>>[] = [];
for (const stage of chosen) done.push(await runStage(stage));
const total = done.reduce((sum, { count }) => sum + (count?.passed ?? 0), 0);
const failed = done.filter(({ ok }) => !ok).length;
console.log(
  `\n${done.map(({ line }) => line).join('\n')}\n\n${total} tests passed, ${failed} of ${done.length} stages failed`,
);
process.exit(failed === 0 ? 0 : 1);
