import { basename } from 'node:path';
import * as z from 'zod';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { pdfUrlLifetimeSeconds } from '../../shared/wechat/limits.ts';
import { idSchema, secondsSchema } from './answer.ts';
import type { Caller } from './call.ts';
import type { FileToSend } from './client-types.ts';
import { encodeJson } from './json.ts';
import { multipartForm, withOpenFile } from './multipart.ts';

// Made once: zod compiles a schema at its first use, which takes longer than reading an answer.
const uploadedSchema = z.object({ s_media_id: idSchema });

/** API section 3. */
export async function uploadPdf(
  caller: Caller,
  file: FileToSend & { readonly sizeBytes: number },
): Promise<Result<{ readonly mediaId: string }, AppError>> {
  return withOpenFile(file.path, async (opened) => {
    if (opened.sizeBytes !== file.sizeBytes) return fail(appError('file.changed', { file: basename(file.fileName) }));
    const form = await multipartForm({
      name: 'pdf',
      fileName: file.fileName,
      contentType: 'application/pdf',
      file: opened,
    });
    const answer = await caller.call({
      name: 'setpdf',
      path: '/card/invoice/platform/setpdf',
      headers: form.headers,
      manner: 'upload',
      body: form.body,
      schema: uploadedSchema,
    });
    return answer.ok ? ok({ mediaId: answer.value.s_media_id }) : answer;
  });
}

/** API section 4. The document wants the action in the address and in the body. */
export async function queryPdf(
  caller: Caller,
  mediaId: string,
): Promise<Result<{ readonly url: string; readonly expiresInSeconds: number }, AppError>> {
  const answer = await caller.call({
    name: 'getpdf',
    path: '/card/invoice/platform/getpdf?action=get_url',
    isRead: true,
    body: () => encodeJson({ action: 'get_url', s_media_id: mediaId }),
    schema: z.object({ pdf_url: z.string().min(1), pdf_url_expire_time: secondsSchema.optional() }),
  });
  if (!answer.ok) return answer;
  const { pdf_url: url, pdf_url_expire_time: expiresInSeconds = pdfUrlLifetimeSeconds } = answer.value;
  return ok({ url, expiresInSeconds });
}
