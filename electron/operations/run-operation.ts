import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { contract, type Handlers, isOperationName, type OperationName } from '../../shared/contract/contract.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, type Result } from '../../shared/result.ts';
import { storageFailure } from '../records/database.ts';
import type { Log } from '../support/log.ts';
import { threadFailure } from '../support/thread.ts';

const inChinese = z.locales.zhCN().localeError;
const inEnglish = z.locales.en().localeError;

function firstIssue(error: z.ZodError | undefined): { field: string; reason: string } {
  const issue = error?.issues[0];
  return { field: issue?.path.join('.') ?? '', reason: issue?.message ?? '' };
}

/** The failure of an input that does not fit, with zod's reason in both languages. */
function invalidInput(name: OperationName, input: unknown, error: z.ZodError): AppError {
  const issues = error.issues.slice(0, 10).map(({ path, message }) => ({ field: path.join('.'), reason: message }));
  const english = appError('input.invalid', { ...firstIssue(error), issues });
  const chinese = appError(
    'input.invalid',
    firstIssue(contract[name].input.safeParse(input, { error: inChinese }).error),
  );
  return { ...english, text: { zhCN: chinese.text.zhCN, en: english.text.en } };
}

/**
 * The one way an operation is run, whoever asks: name known, input parsed, handler called, bugs caught. What is thrown
 * goes to the log under a reference; only the reference crosses. A disk that is full or fails, anywhere, is no bug, nor is
 * the end of a thread.
 */
export async function runOperation(
  handlers: Handlers,
  log: Log,
  name: string,
  input: unknown,
): Promise<Result<unknown, AppError>> {
  if (!isOperationName(name)) return fail(appError('operation.unknown', { name: name.slice(0, 100) }));
  const given = input === undefined ? {} : input;
  const parsed = contract[name].input.safeParse(given, { error: inEnglish });
  if (!parsed.success) return fail(invalidInput(name, given, parsed.error));
  // The contract ties each name to one input type, but the compiler cannot follow that through a variable name.
  const handler = handlers[name] as (parsed: unknown) => Promise<Result<unknown, AppError>>;
  try {
    return await handler(parsed.data);
  } catch (error) {
    const failure = storageFailure(error);
    if (failure) {
      log.error('operation.no-storage', { operation: name, reason: String(failure.details['reason'] ?? failure.code) });
      return fail(failure);
    }
    const ended = threadFailure(error);
    if (ended) {
      log.error('operation.thread-ended', { operation: name, reason: String(error) });
      return fail(ended);
    }
    const reference = randomUUID().slice(0, 8);
    const thrown = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.error('operation.threw', { operation: name, reference, thrown });
    return fail(appError('internal', { reference }));
  }
}
