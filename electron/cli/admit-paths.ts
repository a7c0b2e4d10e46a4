import * as z from 'zod';
import { contract, type OperationName } from '../../shared/contract/contract.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { FileTokens } from '../files/file-tokens.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON Schema of what an operation takes or gives. Bytes have none in JSON and stay open. */
export function jsonSchemaOf(name: OperationName, side: 'input' | 'output'): JsonSchema {
  return z.toJSONSchema(contract[name][side], { unrepresentable: 'any', io: side });
}

/** What kind of file handle a place in the schema wants, if it wants one. */
function tokenKind(schema: JsonSchema): string | undefined {
  if (typeof schema['fapiao'] === 'string') return schema['fapiao'];
  const choices = Array.isArray(schema['anyOf']) ? schema['anyOf'] : [];
  return choices.filter(isObject).map(tokenKind).find(Boolean);
}

function childSchema(schema: JsonSchema, key: string): JsonSchema {
  const properties = schema['properties'];
  const child = isObject(properties) ? properties[key] : undefined;
  return isObject(child) ? child : {};
}

async function admitOne(files: FileTokens, kind: string, path: string): Promise<Result<string, AppError>> {
  if (kind === 'save-token') return files.admitTarget(path);
  const admitted = await files.admit(path);
  if (!admitted.ok) return admitted;
  const { token } = admitted.value;
  if (kind === 'file-token' && token.startsWith('folder_')) return fail(appError('file.is-folder', { file: path }));
  if (kind === 'folder-token' && token.startsWith('file_')) return fail(appError('file.not-folder', { file: path }));
  return ok(token);
}

/**
 * Replaces `"@PATH"` by a file handle wherever the operation's schema wants one. Elsewhere a text beginning with @ stays
 * what it is.
 */
export async function admitPaths(
  files: FileTokens,
  name: OperationName,
  input: unknown,
): Promise<Result<unknown, AppError>> {
  async function walk(value: unknown, schema: JsonSchema): Promise<Result<unknown, AppError>> {
    const kind = tokenKind(schema);
    if (kind && typeof value === 'string' && value.startsWith('@')) return admitOne(files, kind, value.slice(1));
    if (!isObject(value)) return ok(value);
    const entries: [string, unknown][] = [];
    for (const [key, child] of Object.entries(value)) {
      const walked = await walk(child, childSchema(schema, key));
      if (!walked.ok) return walked;
      entries.push([key, walked.value]);
    }
    return ok(Object.fromEntries(entries));
  }
  return walk(input, jsonSchemaOf(name, 'input'));
}
