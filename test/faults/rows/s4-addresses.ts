import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { serveApp } from '../../../electron/shell/app-protocol.ts';
import type { guardAllContents } from '../../../electron/shell/guard-contents.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';
import { registered } from '../security/electron-shell.ts';
import { oddUrls, traversals } from '../security/odd-urls.ts';
import { biteAll, importShell, type Played } from '../security/plays.ts';
import type { SourcePlant } from '../source-plant.ts';

const secretName = 'secrets.json';
const secret = 'not for the page';
const protocolSource = 'electron/shell/app-protocol.ts';
const guardSource = 'electron/shell/guard-contents.ts';

type Serve = (request: Request) => Promise<Response>;

async function playFiles(plant: SourcePlant | undefined): Promise<Played> {
  const root = mkdtempSync(join(tmpdir(), 'fapiao-page-'));
  const page = join(root, 'renderer');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<p>page</p>');
  writeFileSync(join(page, 'assets', 'main.js'), 'page()');
  writeFileSync(join(root, secretName), secret);
  try {
    const module = await importShell(protocolSource, plant);
    let serve: Serve | undefined;
    const session = { protocol: { handle: (_scheme: string, handler: Serve) => (serve = handler) } };
    // Electron's session, as far as it is used there.
    (module['serveApp'] as typeof serveApp)(session as never, page);
    const wrong: string[] = [];
    const ask = async (url: string, isServed: boolean, method = 'GET') => {
      const answer = await serve?.(new Request(url, { method })).catch(() => undefined);
      const text = (await answer?.text()) ?? '';
      if ((answer?.status === 200) !== isServed || text.includes(secret))
        wrong.push(`${method} ${url}: ${answer?.status}`);
      if (!answer?.headers.get('content-security-policy')?.includes("default-src 'none'"))
        wrong.push(`${method} ${url}: without a policy`);
    };
    const paths = traversals(secretName);
    for (const path of paths) await ask(`app://bundle${path}`, false);
    for (const method of ['POST', 'PUT', 'DELETE']) await ask('app://bundle/index.html', false, method);
    for (const host of ['other', 'bundle.evil', '127.0.0.1']) await ask(`app://${host}/index.html`, false);
    for (const path of ['/', '/index.html', '/assets/main.js', '/assets/main.js?x#y'])
      await ask(`app://bundle${path}`, true);
    return { cases: paths.length + 6, wrong };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

type WindowOpen = (details: { readonly url: string }) => { readonly action: string };

async function playWays(plant: SourcePlant | undefined): Promise<Played> {
  const module = await importShell(guardSource, plant);
  registered.app.removeAllListeners();
  registered.opened.length = 0;
  (module['guardAllContents'] as typeof guardAllContents)();
  let open: WindowOpen | undefined;
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: WindowOpen) => (open = handler),
  });
  registered.app.emit('web-contents-created', {}, contents);
  const wrong: string[] = [];
  for (const url of oddUrls) {
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
      let isPrevented = false;
      contents.emit(name, { url, preventDefault: () => (isPrevented = true) });
      if (!isPrevented) wrong.push(`${name}: ${url.slice(0, 80)}`);
    }
    if (open?.({ url }).action !== 'deny') wrong.push(`window.open: ${url.slice(0, 80)}`);
  }
  for (const url of registered.opened)
    if (!/^https:\/\/mp\.weixin\.qq\.com\//.test(url)) wrong.push(`opened outside: ${url.slice(0, 80)}`);
  let isHome = true;
  contents.emit('will-navigate', { url: 'app://bundle/index.html#/records', preventDefault: () => (isHome = false) });
  if (!isHome) wrong.push('our own page is refused');
  return { cases: oddUrls.length * 5, wrong };
}

const plants = {
  files: [
    {
      name: 'a path is joined to the folder',
      file: protocolSource,
      from: 'files.get(path)',
      to: "join(folder, decodeURIComponent(path).replaceAll('\\\\', '/'))",
    },
    {
      name: 'what is not found has no policy',
      file: protocolSource,
      from: "'content-security-policy': contentSecurityPolicy(nonce),",
      to: "...(status === 200 && { 'content-security-policy': contentSecurityPolicy(nonce) }),",
    },
  ],
  ways: [
    {
      name: 'an address is compared by a part of it',
      file: guardSource,
      from: 'return url !== null && ',
      to: "return address.includes('weixin') || url === null || ",
    },
    {
      name: 'redirects are not looked at',
      file: guardSource,
      from: "contents.on('will-redirect'",
      to: "contents.on('redirected'",
    },
    {
      name: 'a host is compared by its end',
      file: guardSource,
      from: 'outsideHosts.has(hostname)',
      to: '[...outsideHosts].some((one) => hostname.includes(one))',
    },
  ],
} as const;

async function run({ say }: FaultOptions): Promise<FaultResult> {
  const [files, ways] = [await playFiles(undefined), await playWays(undefined)];
  const wrong = [...files.wrong, ...ways.wrong];
  for (const one of wrong.slice(0, 20)) say(one);
  return {
    figure: `${files.cases} addresses that are no file of the page, ${files.wrong.length} served or without a policy; ${ways.cases} ways out, ${ways.wrong.length} taken`,
    ok: wrong.length === 0,
    bites: [...(await biteAll(plants.files, playFiles, say)), ...(await biteAll(plants.ways, playWays, say))],
  };
}

export const row: FaultRow = { id: 'S4', title: 'addresses inside the program, and every way out of its page', run };
