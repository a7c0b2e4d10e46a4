import { randomBytes } from 'node:crypto';
import type { Call, Endpoints } from './call.ts';
import type { PracticeContext } from './context.ts';
import { type HttpAnswer, jsonAnswer } from './http.ts';
import { parseMultipart } from './multipart.ts';
import { accept, acceptBare, type Reply, refuse } from './replies.ts';

const logoLimitBytes = 1024 * 1024;
const libraryLimitBytes = 10 * 1024 * 1024;

type ImageType = 'jpeg' | 'png' | 'gif' | 'bmp';

/** The kind of picture by its first bytes; the name and the sender's word count for nothing. */
function imageTypeOf(content: Buffer): ImageType | undefined {
  const begins = (hex: string) => content.toString('hex', 0, hex.length / 2) === hex;
  if (begins('ffd8ff')) return 'jpeg';
  if (begins('89504e470d0a1a0a')) return 'png';
  if (begins('474946383761') || begins('474946383961')) return 'gif';
  return begins('424d') ? 'bmp' : undefined;
}

interface Stored {
  readonly url: string;
}

async function store(call: Call, types: readonly ImageType[], limitBytes: number): Promise<Stored | Reply> {
  const { context, body, headers } = call;
  if (body.length === 0) return refuse(44002);
  const part = parseMultipart(body, headers.contentType)?.find(({ name }) => name === 'media');
  if (part?.fileName === undefined || part.fileName === '') return refuse(41005);
  if (part.content.length === 0) return refuse(44001);
  const type = imageTypeOf(part.content);
  if (type === undefined || !types.includes(type)) return refuse(40005);
  if (part.content.length >= limitBytes) return refuse(40009);
  const sha256 = await context.books.blobs.put(part.content);
  const path = `/mmbiz_${type === 'jpeg' ? 'jpg' : type}/${randomBytes(48).toString('base64url')}/0`;
  context.books.images.put(path, { path, sha256, contentType: `image/${type}` });
  return { url: `http://mmbiz.qpic.cn${path}` };
}

async function uploadImage(call: Call): Promise<Reply> {
  const stored = await store(call, ['jpeg', 'png'], logoLimitBytes);
  return 'errcode' in stored ? stored : accept({ url: stored.url });
}

async function addMaterial(call: Call): Promise<Reply> {
  if (call.query.get('type') !== 'image') return refuse(40004);
  const stored = await store(call, ['jpeg', 'png', 'gif', 'bmp'], libraryLimitBytes);
  if ('errcode' in stored) return stored;
  return acceptBare({ media_id: randomBytes(32).toString('base64url'), url: stored.url, item: [] });
}

/** An uploaded picture, for previews: the path is that of its mmbiz.qpic.cn address. */
export async function serveImage(context: PracticeContext, path: string): Promise<HttpAnswer> {
  const image = context.books.images.get(path);
  const body = image === undefined ? undefined : await context.books.blobs.get(image.sha256);
  if (image === undefined || body === undefined) return jsonAnswer({ errcode: 40066, errmsg: 'invalid url' }, 404);
  return { status: 200, contentType: image.contentType, body };
}

export const imageEndpoints: Endpoints = {
  '/cgi-bin/media/uploadimg': { method: 'POST', body: 'multipart', needs: 'token', handle: uploadImage },
  '/cgi-bin/material/add_material': { method: 'POST', body: 'multipart', needs: 'token', handle: addMaterial },
};
