import { app, type Session, shell, type WebContents } from 'electron';
import { appOrigin } from './app-protocol.ts';

/** The only places outside that a link of ours may open, in the person's own browser. */
const outsideHosts: ReadonlySet<string> = new Set(['mp.weixin.qq.com', 'developers.weixin.qq.com']);

/**
 * What of an address may be opened in the browser: https, a known host, no user name, no port.
 * @returns it as it was understood here, so that nobody understands it otherwise; undefined: it may not be opened
 */
export function allowedOutside(address: string): string | undefined {
  const url = URL.parse(address);
  if (!url) return undefined;
  const { protocol, hostname, username, password, port, href } = url;
  const isAllowed = protocol === 'https:' && outsideHosts.has(hostname) && `${username}${password}${port}` === '';
  return isAllowed ? href : undefined;
}

function isOwnPage(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && `${url.protocol}//${url.host}` === appOrigin;
}

function guard(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    const outside = allowedOutside(url);
    // Where the computer has no browser, a link leads nowhere; that is no error of the program's.
    if (outside !== undefined) shell.openExternal(outside).catch(() => undefined);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** No page of ours leaves app://, opens a window, or embeds another; this holds for contents made later too. */
export function guardAllContents(): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
}

/** Electron grants every permission unless told otherwise; writing text to the clipboard is all the page needs. */
export function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write'),
  );
  session.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write');
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
}
