import * as z from 'zod';
import type { AppError } from '../../shared/errors/app-error.ts';
import { ok, type Result } from '../../shared/result.ts';
import { doneSchema, idSchema } from './answer.ts';
import type { Caller } from './call.ts';
import type { StatusChange } from './client-types.ts';
import { encodeJson } from './json.ts';

/** API section 6. */
export async function updateStatus(
  caller: Caller,
  { cardId, code, status }: StatusChange,
): Promise<Result<void, AppError>> {
  const answer = await caller.call({
    name: 'updatestatus',
    path: '/card/invoice/platform/updatestatus',
    body: () => encodeJson({ card_id: cardId, code, reimburse_status: status }),
    schema: doneSchema,
  });
  return answer.ok ? ok(undefined) : answer;
}

/** API section 8. */
export async function decryptCode(
  caller: Caller,
  encryptCode: string,
): Promise<Result<{ readonly code: string }, AppError>> {
  const answer = await caller.call({
    name: 'decrypt',
    path: '/card/code/decrypt',
    isRead: true,
    body: () => encodeJson({ encrypt_code: restoreEncryptCode(encryptCode) }),
    schema: z.object({ code: idSchema }),
  });
  return answer.ok ? ok({ code: answer.value.code }) : answer;
}

/** The base64 text WeChat made, from what addresses make of it: `%2B` and `%3D`, and spaces where `+` stood. */
export function restoreEncryptCode(text: string): string {
  return text
    .trim()
    .replaceAll(/%(2B|2F|3D|20)/gi, (escaped) => decodeURIComponent(escaped))
    .replaceAll(' ', '+');
}
