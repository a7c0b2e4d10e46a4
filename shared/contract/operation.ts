import * as z from 'zod';
import type { Text } from '../text.ts';

/** One thing the program can do: what goes in, what comes out, and one sentence about it. */
export interface Operation {
  readonly summary: Text;
  /** Section of the API document the operation stands for, where it stands for one. */
  readonly apiSection?: number;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
}

export function operation<Input extends z.ZodType, Output extends z.ZodType>(definition: {
  readonly summary: Text;
  readonly apiSection?: number;
  readonly input: Input;
  readonly output: Output;
}): typeof definition {
  return definition;
}

/**
 * A handle main gave out for a file or folder that a person chose, dropped, or named on the command line as `"@PATH"`.
 * The page never sees or names a path.
 */
export const fileTokenSchema = z
  .string()
  .regex(/^file_[\w-]{16,64}$/)
  .meta({ fapiao: 'file-token' });
export const folderTokenSchema = z
  .string()
  .regex(/^folder_[\w-]{16,64}$/)
  .meta({ fapiao: 'folder-token' });
/** A place a person chose to save to; the file need not exist yet. */
export const saveTokenSchema = z
  .string()
  .regex(/^save_[\w-]{16,64}$/)
  .meta({ fapiao: 'save-token' });

export const idSchema = z.int().positive();
/** ISO-8601 in UTC. */
export const instantSchema = z.iso.datetime();
export const nothingSchema = z.strictObject({});
