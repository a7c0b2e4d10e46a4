import { randomBytes } from 'node:crypto';
import { type Call, type Endpoints, textOf } from './call.ts';
import type { PracticeContext } from './context.ts';
import { type HttpAnswer, jsonAnswer } from './http.ts';
import { parseMultipart } from './multipart.ts';
import { isRealPdf } from './pdf-check.ts';
import type { PdfRecord } from './practice-types.ts';
import { accept, type Reply, refuse, refuseEmpty } from './replies.ts';
import { signText } from './seal.ts';

const lifetimeMs = 3 * 86_400_000;
const urlLifetimeSeconds = 7200;

/** A random positive 64-bit integer, as text: most are beyond what a JavaScript number holds. */
function createMediaId(context: PracticeContext): string {
  const id = (randomBytes(8).readBigUInt64BE() & 0x7fff_ffff_ffff_ffffn).toString();
  return id === '0' || context.books.pdfs.has(id) ? createMediaId(context) : id;
}

/** An uploaded PDF that is still there: linked to a card, or younger than three days. */
export function findPdf(context: PracticeContext, appid: string, mediaId: string): PdfRecord | undefined {
  const pdf = context.books.pdfs.get(mediaId);
  if (pdf === undefined || pdf.appid !== appid) return undefined;
  return pdf.linkedCode !== null || context.now() < pdf.uploadedAt + lifetimeMs ? pdf : undefined;
}

async function setPdf({ context, app, body, headers }: Call): Promise<Reply> {
  if (body.length === 0) return refuse(44002);
  const parts = parseMultipart(body, headers.contentType);
  const part = parts?.find(({ name }) => name === 'pdf');
  if (part?.fileName === undefined || part.fileName === '') return refuse(41005);
  if (part.content.length === 0) return refuse(44001);
  if (part.content.length > context.settings().pdfLimitBytes) return refuse(45001);
  if (!/^application\/pdf\b/i.test(part.contentType) || !isRealPdf(part.content)) return refuse(72040);
  const sha256 = await context.books.blobs.put(part.content);
  const mediaId = createMediaId(context);
  context.books.pdfs.put(mediaId, {
    mediaId,
    appid: app.appid,
    fileName: part.fileName,
    sizeBytes: part.content.length,
    sha256,
    uploadedAt: context.now(),
    linkedCode: null,
    text: null,
  });
  return accept({ s_media_id: mediaId });
}

function getPdf({ context, app, query, json }: Call): Reply {
  if (query.get('action') !== 'get_url' || textOf(json, 'action') !== 'get_url') return refuseEmpty('action');
  const mediaId = json['s_media_id'];
  if (typeof mediaId === 'number') return refuse(47001);
  if (typeof mediaId !== 'string' || mediaId === '') return refuseEmpty('s_media_id');
  const pdf = findPdf(context, app.appid, mediaId);
  if (pdf === undefined) return refuse(72040);
  const expires = context.now() + urlLifetimeSeconds * 1000;
  const content = `${mediaId}.${expires}`;
  const key = `${content}.${signText(context, `pdf ${content}`)}`;
  const url = `${context.url()}/intp/invoice/getpdf?action=media_pdf&media_key=${key}`;
  return accept({ pdf_url: url, pdf_url_expire_time: urlLifetimeSeconds });
}

/** What a browser gets at a `pdf_url`. */
export async function servePdf(context: PracticeContext, query: URLSearchParams): Promise<HttpAnswer> {
  const [mediaId = '', expires = '', mark = ''] = (query.get('media_key') ?? '').split('.');
  const expired = jsonAnswer({ ret: 7, err_msg: '链接过期，请重新获取' });
  if (mark !== signText(context, `pdf ${mediaId}.${expires}`) || Number(expires) <= context.now()) return expired;
  const pdf = context.books.pdfs.get(mediaId);
  const content = pdf === undefined ? undefined : await context.books.blobs.get(pdf.sha256);
  return content === undefined ? expired : { status: 200, contentType: 'application/pdf', body: content };
}

export const pdfEndpoints: Endpoints = {
  '/card/invoice/platform/setpdf': { method: 'POST', body: 'multipart', needs: 'plugin', handle: setPdf },
  '/card/invoice/platform/getpdf': { method: 'POST', body: 'json', needs: 'plugin', handle: getPdf },
};
