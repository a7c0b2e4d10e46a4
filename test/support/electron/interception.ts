import type { Params } from './devtools.ts';
import { note } from './note.ts';
import { chromium, listen } from './runtime.ts';
import { handlerOf, innerHeader, toOuter } from './schemes.ts';

type Paused = {
  requestId: string;
  frameId?: string;
  resourceType: string;
  redirectedRequestId?: string;
  request: { url: string; method: string; headers: Record<string, string>; postDataEntries?: { bytes?: string }[] };
};
export type MayNavigate = (frameId: string, url: string, redirected: boolean) => boolean;

function fulfil(requestId: string, responseCode: number, headers: [string, string][], body: Uint8Array): void {
  const responseHeaders = headers.map(([name, value]) => ({ name, value }));
  const text = Buffer.from(body).toString('base64');
  chromium().devtools.tell('Fetch.fulfillRequest', { requestId, responseCode, responseHeaders, body: text });
}

function fail(requestId: string, errorReason: string): void {
  chromium().devtools.tell('Fetch.failRequest', { requestId, errorReason });
}

function toRequest({ request }: Paused): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    const addressed = /^(origin|referer)$/i.test(name);
    headers.set(name, addressed ? toOuter(value) : value);
  }
  const parts = (request.postDataEntries ?? []).map(({ bytes }) => Buffer.from(bytes ?? '', 'base64'));
  const body = ['GET', 'HEAD'].includes(request.method) ? null : Buffer.concat(parts);
  return new Request(toOuter(request.url), { method: request.method, headers, body });
}

/** Answers with what the app's protocol.handle says. */
async function serve(paused: Paused): Promise<void> {
  const url = toOuter(paused.request.url);
  const handler = handlerOf(new URL(url).protocol.slice(0, -1));
  if (!handler) return fail(paused.requestId, 'NameNotResolved');
  try {
    const response = await handler(toRequest(paused));
    const headers = [...response.headers].map(([name, value]): [string, string] => [name, innerHeader(name, value)]);
    fulfil(paused.requestId, response.status, headers, new Uint8Array(await response.arrayBuffer()));
  } catch (error) {
    note(`protocol handler failed for ${url}: ${String(error)}`);
    fail(paused.requestId, 'Failed');
  }
}

function onPaused(paused: Paused, mayNavigate: MayNavigate): void {
  const { requestId, resourceType, frameId = '', request, redirectedRequestId } = paused;
  const isDocument = resourceType === 'Document';
  if (isDocument && !mayNavigate(frameId, request.url, redirectedRequestId !== undefined)) fail(requestId, 'Aborted');
  else if (new URL(request.url).hostname.endsWith('.invalid')) void serve(paused);
  else chromium().devtools.tell('Fetch.continueRequest', { requestId });
}

/** For the whole browser at once: that includes workers, whose requests no page's session sees. */
export async function interceptRequests(mayNavigate: MayNavigate): Promise<void> {
  listen('', (method, params: Params) => {
    if (method === 'Fetch.requestPaused') onPaused(params as Paused, mayNavigate);
  });
  const patterns = [{ urlPattern: 'https://*.invalid/*' }, { urlPattern: '*', resourceType: 'Document' }];
  await chromium().devtools.send('Fetch.enable', { patterns });
}
