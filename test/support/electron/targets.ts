import { options } from './options.ts';
import { chromium, dispatch } from './runtime.ts';

/** A page that Chromium has made and that waits to be let go. */
export type Target = { sessionId: string; targetId: string; resume(): void };

type TargetInfo = { targetId: string; type: string; openerId?: string };
type Attached = { sessionId: string; targetInfo: TargetInfo; waitingForDebugger: boolean };
export type PopupHandler = (openerId: string, target: Target) => void;
export type GoneHandler = (sessionId: string) => void;

const BLANK = 'about:blank';
// --app= takes no about: address.
const BLANK_APP = 'data:text/html,';

let claim: ((target: Target) => void) | undefined;
let queue: Promise<unknown> = Promise.resolve();

function toTarget({ sessionId, targetInfo, waitingForDebugger }: Attached): Target {
  const resume = (): void => {
    if (waitingForDebugger) chromium().devtools.tell('Runtime.runIfWaitingForDebugger', {}, sessionId);
  };
  return { sessionId, targetId: targetInfo.targetId, resume };
}

/** Let go first: a page that shares the process of a waiting one hangs with it. */
export function discard(target: Target): void {
  target.resume();
  chromium().devtools.tell('Target.closeTarget', { targetId: target.targetId });
}

function onAttached(attached: Attached, onPopup: PopupHandler): void {
  const target = toTarget(attached);
  const { type, openerId } = attached.targetInfo;
  if (type !== 'page') {
    target.resume();
    return;
  }
  if (openerId) {
    onPopup(openerId, target);
    return;
  }
  const claimed = claim ?? discard; // discard: a tab that the person opened in the browser's own ways
  claim = undefined;
  claimed(target);
}

export async function watchTargets(onPopup: PopupHandler, onGone: GoneHandler): Promise<void> {
  const { devtools } = chromium();
  devtools.onEvent = (method, params, sessionId) => {
    if (sessionId) dispatch(method, params, sessionId);
    else if (method === 'Target.attachedToTarget') onAttached(params as Attached, onPopup);
    else if (method === 'Target.detachedFromTarget') onGone(String(params['sessionId']));
    else dispatch(method, params, '');
  };
  await devtools.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
}

async function openTarget(size: { width: number; height: number }): Promise<Target> {
  const attached = new Promise<Target>((resolve) => {
    claim = resolve;
  });
  if (options.headless) await chromium().devtools.send('Target.createTarget', { url: BLANK, newWindow: true, ...size });
  else chromium().openAppWindow(BLANK_APP, size);
  return attached;
}

/** One at a time, so that the next page to appear is known to be the one asked for. */
export function createTarget(size: { width: number; height: number }): Promise<Target> {
  const created = queue.then(() => openTarget(size));
  queue = created.catch(() => {});
  return created;
}
