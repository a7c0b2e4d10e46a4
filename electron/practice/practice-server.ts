import { Server } from 'node:http';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { showAuthorisePage, submitAuthorisePage } from './authorise-page.ts';
import { type Books, openBooks } from './books.ts';
import { createContext, type PracticeContext } from './context.ts';
import { currentBooks, mountControl } from './control.ts';
import { readBody, sendAnswer } from './http.ts';
import { serveImage } from './images.ts';
import { servePdf } from './pdfs.ts';
import type { PracticeApp, PracticeBooks } from './practice-types.ts';
import { answerCall } from './wechat-api.ts';

export type { PracticeApp, PracticeBooks } from './practice-types.ts';

export interface PracticeServerOptions {
  /** 0 or absent: any free one. */
  readonly port?: number;
  /** Absent: memory only. Beside it stand `.journal` and the folder `.files`. */
  readonly booksFile?: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Added to those in the books file. Neither there nor here any: {@link defaultPracticeApp}. */
  readonly apps?: readonly PracticeApp[];
}

export interface PracticeServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly books: () => PracticeBooks;
  close(): Promise<void>;
}

/** The account for somebody who just wants to try: the appid spells "practice". */
export const defaultPracticeApp: PracticeApp = {
  appid: 'wx7072616374696365',
  secret: '70726163746963652d736563726574000',
  customerMustAuthorise: false,
};

function route(context: PracticeContext): Hono<{ Bindings: HttpBindings }> {
  const hono = new Hono<{ Bindings: HttpBindings }>();
  mountControl(hono, context);
  hono.get('/intp/invoice/getpdf', async ({ env, req }) => {
    sendAnswer(env.outgoing, await servePdf(context, new URL(req.url).searchParams));
    return RESPONSE_ALREADY_SENT;
  });
  hono.get('/:kind{mmbiz_[a-z]+}/*', async ({ env, req }) => {
    sendAnswer(env.outgoing, await serveImage(context, new URL(req.url).pathname));
    return RESPONSE_ALREADY_SENT;
  });
  hono.get('/bizmall/authinvoice', ({ env, req }) => {
    sendAnswer(env.outgoing, showAuthorisePage(context, new URL(req.url).searchParams));
    return RESPONSE_ALREADY_SENT;
  });
  hono.post('/bizmall/authinvoice', async ({ env, req }) => {
    const body = await readBody(env.incoming);
    const form = new URLSearchParams(typeof body === 'string' ? '' : body.toString('utf8'));
    sendAnswer(env.outgoing, await submitAuthorisePage(context, new URL(req.url).searchParams, form));
    return RESPONSE_ALREADY_SENT;
  });
  // Written past hono: a misbehaving answer needs the socket itself.
  hono.all('*', async ({ env }) => {
    await answerCall(context, env.incoming, env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
  return hono;
}

function listen(server: Server, port: number): Promise<number | 'taken'> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve('taken');
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

async function openSafely(path: string | undefined): Promise<Result<Books, AppError>> {
  try {
    return ok(await openBooks(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail(appError('file.not-readable', { file: path ?? '', reason }));
  }
}

/** Starts a WeChat of our own on 127.0.0.1. Fails with `practice.port-taken`, or where the books cannot be read. */
export async function startPracticeServer(
  options: PracticeServerOptions = {},
): Promise<Result<PracticeServer, AppError>> {
  const opened = await openSafely(options.booksFile);
  if (!opened.ok) return opened;
  const books = opened.value;
  let url = '';
  const context = createContext(books, options.now ?? Date.now, () => url);
  for (const app of options.apps ?? []) books.apps.put(app.appid, app);
  if (books.apps.size === 0) books.apps.put(defaultPracticeApp.appid, defaultPracticeApp);
  await books.settle();
  const hono = route(context);
  const server = createAdaptorServer({ fetch: hono.fetch, overrideGlobalObjects: false });
  if (!(server instanceof Server)) throw new Error('the adapter made no HTTP/1.1 server');
  const port = await listen(server, options.port ?? 0);
  if (port === 'taken') {
    await books.close();
    return fail(appError('practice.port-taken', { port: options.port ?? 0 }));
  }
  url = `http://127.0.0.1:${port}`;
  return ok({
    port,
    url,
    books: () => currentBooks(context),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await books.close();
    },
  });
}
