import * as z from 'zod';
import type { AppError } from '../../shared/errors/app-error.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { redact } from '../support/log.ts';
import { notUnderstood } from './failures.ts';
import { parseJson } from './json.ts';
import type { HttpAnswer } from './transport.ts';

/** An identifier as text, whether WeChat sends it as text or as a number. */
export const idSchema = z.union([z.string(), z.int()]).transform(String).pipe(z.string().min(1));

/** An identifier that may be missing, null or empty. */
export const optionalIdSchema = z
  .union([z.string(), z.int()])
  .nullish()
  .transform((id) => (id === undefined || id === null || id === '' ? null : String(id)));

/** A number of seconds; text is taken too. */
export const secondsSchema = z.coerce.number().pipe(z.int().positive());

/** A text that may be missing or sent as a number; then it is empty or that number. */
export const textSchema = z
  .union([z.string(), z.number()])
  .transform((text) => String(text).trim())
  .catch('');

/** What a call answers with that has nothing to tell: there the errcode has to be there. */
export const doneSchema = z.object({ errcode: z.union([z.literal(0), z.string()]) });

/** The errcode is typed string on some pages of the document and int on others; reality sends both. */
const envelopeSchema = z.looseObject({
  errcode: z
    .union([
      z.int(),
      z
        .string()
        .trim()
        .regex(/^-?\d{1,9}$/),
    ])
    .transform(Number)
    .optional(),
  errmsg: z.unknown().optional(),
});

interface Refusal {
  readonly errcode: number;
  readonly errmsg: string;
}

export type ReadAnswer<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'refusal'; readonly refusal: Refusal }
  | { readonly kind: 'unreadable'; readonly error: AppError };

/**
 * Reads an answer leniently: unknown fields are ignored, and without an errcode it counts as success where the fields
 * that this call answers with are there.
 * @param secrets taken out of what an error shows of the body
 */
export function readAnswer<Value>(
  answer: HttpAnswer,
  schema: z.ZodType<Value>,
  secrets: readonly string[] = [],
): ReadAnswer<Value> {
  if (answer.status !== 200) return { kind: 'unreadable', error: appError('wechat.http-status', answerStatus(answer)) };
  const unreadable = (zhCN: string, en: string): ReadAnswer<Value> => ({
    kind: 'unreadable',
    error: notUnderstood({ zhCN, en }, answer.text, secrets),
  });
  const json = tryParse(answer.text);
  if (!json.ok) return unreadable('不是 JSON', 'it is not JSON');
  const envelope = envelopeSchema.safeParse(json.value);
  if (!envelope.success) return unreadable('没有可读的 errcode', 'it has no readable errcode');
  const { errcode, errmsg } = envelope.data;
  if (errcode !== undefined && errcode !== 0)
    return { kind: 'refusal', refusal: { errcode, errmsg: typeof errmsg === 'string' ? redact(errmsg, secrets) : '' } };
  const value = schema.safeParse(json.value);
  if (!value.success) {
    const fields = value.error.issues.map(({ path }) => path.join('.')).join(', ');
    return unreadable(`${fields} 缺失或有误`, `${fields} is missing or wrong`);
  }
  return { kind: 'value', value: value.data };
}

function answerStatus({ status }: HttpAnswer) {
  return { status };
}

function tryParse(text: string): Result<unknown, undefined> {
  try {
    return ok(parseJson(text));
  } catch (error) {
    if (error instanceof SyntaxError) return fail(undefined);
    throw error;
  }
}
