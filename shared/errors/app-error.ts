import * as z from 'zod';
import { fillText, type Text, type TextParams, textSchema } from '../text.ts';
import { type AppErrorCode, errorCatalogue } from './error-catalogue.ts';
import { type ErrorEntry, errorClasses, nextActions } from './error-entry.ts';

export const appErrorSchema = z.strictObject({
  /** Stable, e.g. `file.not-found`, `wechat.72038`. */
  code: z.string(),
  class: z.enum(errorClasses),
  text: textSchema,
  nextStep: textSchema,
  action: z.enum(nextActions),
  /** Whether the same call may succeed later without a change of input. */
  retryable: z.boolean(),
  /** Facts for support and for the screen (errcode, rid, ip, field …). Never a secret. */
  details: z.record(z.string(), z.json()),
});

/** The one shape in which a failure crosses a border: IPC, command line, report. */
export type AppError = z.output<typeof appErrorSchema>;
export type ErrorDetails = AppError['details'];

/** Builds a failure from a catalogue entry, filling the texts' places from the scalar details. */
export function errorFromEntry(code: string, entry: ErrorEntry, details: ErrorDetails = {}): AppError {
  const params: TextParams = Object.fromEntries(
    Object.entries(details).filter((pair): pair is [string, string | number] =>
      ['string', 'number'].includes(typeof pair[1]),
    ),
  );
  return {
    code,
    class: entry.class,
    text: fillText(entry.text, params),
    nextStep: fillText(entry.nextStep, params),
    action: entry.action,
    retryable: entry.retryable,
    details,
  };
}

/** A failure of the program's own (not WeChat's: those come from `shared/wechat/error-table.ts`). */
export function appError(code: AppErrorCode, details: ErrorDetails = {}): AppError {
  return errorFromEntry(code, errorCatalogue[code], details);
}

/** As {@link appError}, with places of the texts filled by words of each language. */
export function appErrorSaying(
  code: AppErrorCode,
  words: Readonly<Record<string, Text>>,
  details: ErrorDetails = {},
): AppError {
  const error = appError(code, details);
  return { ...error, text: fillText(error.text, words) };
}
