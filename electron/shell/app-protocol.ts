import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import { contentSecurityPolicy, noncePlace } from './content-security-policy.ts';

const scheme = 'app';
const host = 'bundle';
export const appOrigin = `${scheme}://${host}`;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Must be called before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Every file of the built page by its address; what is not in the map does not exist, however it is spelled. */
function mapFiles(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]));
}

function answer(status: number, path: string, body: Uint8Array<ArrayBuffer> | string, nonce: string): Response {
  const headers = {
    'content-type': contentTypes[extname(path)] ?? 'application/octet-stream',
    'content-security-policy': contentSecurityPolicy(nonce),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
  };
  return new Response(body, { status, headers });
}

/** Serves the built page under app://bundle/. */
export function serveApp(session: Session, folder: string): void {
  const files = mapFiles(folder);
  session.protocol.handle(scheme, async (request) => {
    const nonce = randomBytes(16).toString('base64url');
    const url = new URL(request.url);
    const path = url.pathname === '/' ? '/index.html' : url.pathname;
    const file = url.host === host && request.method === 'GET' ? files.get(path) : undefined;
    if (file === undefined) return answer(404, '', '', nonce);
    const bytes = new Uint8Array(await readFile(file));
    if (extname(file) !== '.html') return answer(200, path, bytes, nonce);
    return answer(200, path, new TextDecoder().decode(bytes).replaceAll(noncePlace, nonce), nonce);
  });
}
