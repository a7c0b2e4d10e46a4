import { basename } from 'node:path';
import * as z from 'zod';
import type { TemplateContent } from '../../shared/contract/account-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { logoSizeLimitBytes } from '../../shared/wechat/limits.ts';
import { idSchema } from './answer.ts';
import type { Caller } from './call.ts';
import type { FileToSend } from './client-types.ts';
import { encodeJson } from './json.ts';
import { multipartForm, withOpenFile } from './multipart.ts';

/** API section 2. Empty optional texts are left out: the document's own sample with placeholders is refused (45021). */
export async function createTemplate(
  caller: Caller,
  content: TemplateContent,
): Promise<Result<{ readonly cardId: string }, AppError>> {
  const answer = await caller.call({
    name: 'createcard',
    path: '/card/invoice/platform/createcard',
    body: () => encodeJson(templateRequest(content)),
    schema: z.object({ card_id: idSchema }),
  });
  return answer.ok ? ok({ cardId: answer.value.card_id }) : answer;
}

/** The request of API section 2 for a template. */
export function templateRequest(content: TemplateContent): object {
  const optional = {
    custom_url_name: content.customUrlName,
    custom_url: content.customUrl,
    custom_url_sub_title: content.customUrlSubTitle,
    promotion_url_name: content.promotionUrlName,
    promotion_url: content.promotionUrl,
    promotion_url_sub_title: content.promotionUrlSubTitle,
  };
  return {
    invoice_info: {
      base_info: {
        logo_url: content.logoUrl,
        title: content.title,
        ...Object.fromEntries(Object.entries(optional).filter(([, text]) => text !== '')),
      },
      type: content.type,
      payee: content.payee,
    },
  };
}

/** Puts the merchant's logo where templates can use it (media/uploadimg: JPG or PNG below 1 MB). */
export async function uploadLogo(
  caller: Caller,
  file: FileToSend,
): Promise<Result<{ readonly url: string }, AppError>> {
  return withOpenFile(file.path, async (opened) => {
    const contentType = imageType(await opened.firstBytes(8));
    if (contentType === undefined || opened.sizeBytes >= logoSizeLimitBytes)
      return fail(appError('image.not-accepted', { file: basename(file.path) }));
    const form = await multipartForm({ name: 'media', fileName: file.fileName, contentType, file: opened });
    return caller.call({
      name: 'uploadimg',
      path: '/cgi-bin/media/uploadimg',
      headers: form.headers,
      manner: 'upload',
      body: form.body,
      schema: z.object({ url: z.string().min(1) }),
    });
  });
}

function imageType(firstBytes: Buffer): 'image/png' | 'image/jpeg' | undefined {
  const magic = firstBytes.toString('latin1');
  if (magic === '\x89PNG\r\n\x1a\n') return 'image/png';
  return magic.startsWith('\xff\xd8\xff') ? 'image/jpeg' : undefined;
}
