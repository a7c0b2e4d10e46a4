import type { ChosenFile } from '../../shared/contract/app-operations.ts';
import type { OperationName, OutputOf, RequestOf } from '../../shared/contract/contract.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, type Result } from '../../shared/result.ts';
import { bridge } from './bridge.ts';

export type Answer<Name extends OperationName> = Result<OutputOf<Name>, AppError>;

function isResult(value: unknown): value is Result<unknown, AppError> {
  return typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean';
}

/** Waits for main's answer; what breaks on the way becomes the error `internal`. */
async function answerTo(name: string, question: Promise<unknown>): Promise<Result<unknown, AppError>> {
  try {
    const answer = await question;
    return isResult(answer) ? answer : fail(appError('internal', { reference: `bridge:${name}` }));
  } catch {
    // The rejection's own text may hold what must not be shown; main has it in its log.
    return fail(appError('internal', { reference: `bridge:${name}` }));
  }
}

/** Calls an operation; its failures are answers. */
export async function call<Name extends OperationName>(name: Name, input: RequestOf<Name>): Promise<Answer<Name>> {
  // Main answers with what the handler of the same contract returned; its type is bound to the name.
  return answerTo(name, bridge().invoke(name, input)) as Promise<Answer<Name>>;
}

/** Hands a dropped file over to main, which answers with a token for it. */
export async function admitFile(file: File): Promise<Result<ChosenFile, AppError>> {
  // What main admits is a ChosenFile, as in `file.choose`.
  return answerTo('admit', bridge().admitFile(file)) as Promise<Result<ChosenFile, AppError>>;
}
