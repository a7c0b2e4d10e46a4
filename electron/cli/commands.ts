import { text as readAll } from 'node:stream/consumers';
import { contract, isOperationName } from '../../shared/contract/contract.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { App } from '../app.ts';
import { admitPaths, jsonSchemaOf } from './admit-paths.ts';
import { callOperation, findAccountId, operationNames } from './client.ts';
import type { CommandLine } from './command-line.ts';
import type { Output } from './output.ts';

/** `operations`: the contract, with JSON Schemas under --json. */
export function listOperations(output: Output, json: boolean): void {
  if (!json) for (const name of operationNames) output.say(withName(name, contract[name].summary));
  for (const name of operationNames) {
    const { summary } = contract[name];
    const apiSection = 'apiSection' in contract[name] ? contract[name].apiSection : undefined;
    output.result({
      name,
      summary,
      ...(apiSection === undefined ? {} : { apiSection }),
      input: jsonSchemaOf(name, 'input'),
      output: jsonSchemaOf(name, 'output'),
    });
  }
}

const columnWidth = Math.max(...operationNames.map(({ length }) => length)) + 2;

function withName(name: string, { zhCN, en }: { readonly zhCN: string; readonly en: string }) {
  const column = name.padEnd(columnWidth);
  return { zhCN: `${column}${zhCN}`, en: `${column}${en}` };
}

function parseJson(json: string): Result<unknown, AppError> {
  try {
    return ok(JSON.parse(json) as unknown);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return fail(appError('input.not-json', { reason: error.message }));
  }
}

/** `call OPERATION JSON|-`: one JSON result on stdout, whichever way it ends. */
export async function callCommand(app: App, { rest }: CommandLine, print: (result: unknown) => void): Promise<boolean> {
  const [name = '', json = '{}'] = rest;
  const run = async (): Promise<Result<unknown, AppError>> => {
    if (!isOperationName(name)) return fail(appError('operation.unknown', { name }));
    const input = parseJson(json === '-' ? await readAll(process.stdin) : json);
    if (!input.ok) return input;
    const admitted = await admitPaths(app.files, name, input.value);
    return admitted.ok ? app.call(name, admitted.value) : admitted;
  };
  const result = await run();
  print(result);
  return result.ok;
}

const marks = { good: '✓', warning: '!', bad: '✗' } as const;

/** `doctor`: what is wrong and what to do. */
export async function doctorCommand(
  app: App,
  { flags }: CommandLine,
  output: Output,
): Promise<Result<boolean, AppError>> {
  const accountId = flags.account === undefined ? ok(undefined) : await findAccountId(app, flags.account);
  if (!accountId.ok) return accountId;
  const examined = await callOperation(
    app,
    'app.doctor',
    accountId.value === undefined ? {} : { accountId: accountId.value },
  );
  if (!examined.ok) return examined;
  for (const { state, text, nextStep } of examined.value.findings) {
    output.say({ zhCN: `${marks[state]} ${text.zhCN}`, en: `${marks[state]} ${text.en}` });
    if (nextStep.zhCN !== '') output.say({ zhCN: `  → ${nextStep.zhCN}`, en: `  → ${nextStep.en}` });
  }
  output.result(examined.value);
  return ok(examined.value.healthy);
}
