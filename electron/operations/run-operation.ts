import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { contract, type Handlers, isOperationName } from '../../shared/contract/contract.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { Log } from '../support/log.ts';

function invalidInput(error: z.ZodError): AppError {
  const issues = error.issues.slice(0, 10).map(({ path, message }) => ({ field: path.join('.'), reason: message }));
  const [first] = issues;
  return appError('input.invalid', { field: first?.field ?? '', reason: first?.reason ?? '', issues });
}

/**
 * The one way an operation is run, whoever asks: name known, input parsed, handler called, bugs caught. What is thrown
 * goes to the log under a reference; only the reference crosses.
 */
export async function runOperation(
  handlers: Handlers,
  log: Log,
  name: string,
  input: unknown,
): Promise<Result<unknown, AppError>> {
  if (!isOperationName(name)) return fail(appError('operation.unknown', { name: name.slice(0, 100) }));
  const parsed = contract[name].input.safeParse(input ?? {});
  if (!parsed.success) return fail(invalidInput(parsed.error));
  // The contract ties each name to one input type, but the compiler cannot follow that through a variable name.
  const handler = handlers[name] as (parsed: unknown) => Promise<Result<unknown, AppError>>;
  try {
    return await handler(parsed.data);
  } catch (error) {
    const reference = randomUUID().slice(0, 8);
    const thrown = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.error('operation.threw', { operation: name, reference, thrown });
    return fail(appError('internal', { reference }));
  }
}
