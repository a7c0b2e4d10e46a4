import { app, becomeReady } from './app.ts';
import { startChromium } from './chromium.ts';
import { CommandLine } from './command-line.ts';
import { interceptRequests } from './interception.ts';
import { lifecycle } from './lifecycle.ts';
import { note } from './note.ts';
import { setChromium, unlisten } from './runtime.ts';
import { discard, type Target, watchTargets } from './targets.ts';
import { allContents, contentsOfTarget, insideOf } from './web-contents.ts';

function onPopup(openerId: string, target: Target): void {
  const opener = contentsOfTarget(openerId);
  if (opener) insideOf(opener).popups.onPopup(target);
  else discard(target);
}

function onGone(sessionId: string): void {
  unlisten(sessionId);
  for (const contents of allContents()) {
    const { page } = insideOf(contents);
    if (page.sessionId === sessionId) page.wasLost();
  }
}

function mayNavigate(frameId: string, url: string, redirected: boolean): boolean {
  const owner = allContents().find((contents) => insideOf(contents).page.frames.has(frameId));
  return !owner || insideOf(owner).navigation.allows(frameId, url, redirected);
}

async function start(): Promise<void> {
  if (lifecycle.exiting || lifecycle.quitting) return;
  const chromium = await startChromium(CommandLine.appended(app.commandLine));
  setChromium(chromium);
  process.on('exit', () => chromium.kill());
  chromium.process.once('exit', (code, signal) => {
    if (lifecycle.exiting) return;
    note(`Chromium ended by itself (${code ?? signal})`);
    process.exit(1);
  });
  await watchTargets(onPopup, onGone);
  await interceptRequests(mayNavigate);
  becomeReady();
}

let started = false;

/** Starts Chromium once, when the app's script has run or waits for it. */
export function startSoon(): void {
  if (started) return;
  started = true;
  setImmediate(() => {
    start().catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1);
    });
  });
}

/** As in Electron, the signals to end are a wish to quit. */
export function quitOnSignals(): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
}
