import {
  contract,
  type InputOf,
  type OperationName,
  type OutputOf,
  type RequestOf,
} from '../../shared/contract/contract.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { App } from '../app.ts';

/** Runs an operation with its types; commands are made of these calls and of nothing else. */
export async function callOperation<Name extends OperationName>(
  app: App,
  name: Name,
  request: RequestOf<Name>,
): Promise<Result<OutputOf<Name>, AppError>> {
  // The contract ties name, request and output together; App.call, made for untrusted callers, does not.
  return app.call(name, request) as Promise<Result<OutputOf<Name>, AppError>>;
}

/** The id of the account with this name, or the only account where no name is given. */
export async function findAccountId(app: App, name: string | undefined): Promise<Result<number, AppError>> {
  const listed = await callOperation(app, 'account.list', {});
  if (!listed.ok) return listed;
  const { accounts } = listed.value;
  const [only] = accounts;
  const found = name === undefined && accounts.length === 1 ? only : accounts.find((account) => account.name === name);
  return found ? ok(found.id) : fail(appError('account.not-found', { account: name ?? '' }));
}

/** The template named by payee, title or card_id, or the account's only one. */
export async function findTemplateId(
  app: App,
  accountId: number,
  wanted: string | undefined,
): Promise<Result<number, AppError>> {
  const listed = await callOperation(app, 'template.list', { accountId });
  if (!listed.ok) return listed;
  const { templates } = listed.value;
  const [only] = templates;
  const found =
    wanted === undefined && templates.length === 1
      ? only
      : templates.find(({ payee, title, cardId }) => [payee, title, cardId].includes(wanted ?? ''));
  return found ? ok(found.id) : fail(appError('template.not-found'));
}

/** A file or folder from the command line as a handle of the wanted kind. */
export async function admitFile(app: App, kind: 'file' | 'folder', path: string): Promise<Result<string, AppError>> {
  const admitted = await app.files.admit(path);
  if (!admitted.ok) return admitted;
  const { token } = admitted.value;
  if (token.startsWith(`${kind}_`)) return ok(token);
  return fail(appError(kind === 'file' ? 'file.is-folder' : 'file.not-folder', { file: path }));
}

export type BatchInput = InputOf<'batch.import'>;
export const operationNames = Object.keys(contract) as OperationName[]; // the contract's own keys
