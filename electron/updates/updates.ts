import type { KeyObject } from 'node:crypto';
import type { UpdateState, updateOffReasons } from '../../shared/contract/update-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { isInstaller } from './installer-check.ts';
import { judgeManifest, type Manifest } from './manifest.ts';

/** What fetches and starts an installer: electron-updater in the shell, something smaller in tests. */
export interface UpdaterPort {
  /** The manifest at the place of the updates; null where there is nothing newer, or it is not meant for this installation yet. */
  check(): Promise<unknown>;
  /** @returns where the installer was put; its signature was verified as far as the system can */
  download(onPercent: (percent: number) => void, ending: AbortSignal): Promise<string>;
  /** Starts the installer and ends the program. */
  install(): void;
}

/** A copy of the program that can be updated, or why it cannot. */
export type UpdateSource =
  | { readonly port: UpdaterPort; readonly publicKey: KeyObject }
  | { readonly offReason: (typeof updateOffReasons)[number] };

/** What decides whether something is taken. */
export interface UpdateChecks {
  readonly judgeManifest: typeof judgeManifest;
  readonly isInstaller: typeof isInstaller;
}

export interface UpdateParts {
  readonly source: UpdateSource;
  readonly current: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether a batch runs, or an insert may be on the wire. */
  readonly isBusy: () => boolean;
  /** Aborted when the program ends, which waits for no network. */
  readonly ending: AbortSignal;
  readonly changed: (state: UpdateState) => void;
  /** Asks the shell to end the program, which then installs. */
  readonly endProgram: () => void;
  /** Trials put careless ones here, to see that they are caught. */
  readonly checks?: UpdateChecks;
}

type Answer = Promise<Result<UpdateState, AppError>>;

/** What is waited for, unless the program ends first. */
function unlessEnding<Value>(work: Promise<Value>, ending: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const end = () => reject(new Error('the program ends'));
    if (ending.aborted) end();
    ending.addEventListener('abort', end, { once: true });
    void work.then(resolve, reject).finally(() => ending.removeEventListener('abort', end));
  });
}

export type Updates = ReturnType<typeof createUpdates>;

/**
 * Updates as a person decides on them: looked for, offered with their notes, downloaded, verified, installed. Each step
 * refuses while invoices are being issued, and whatever cannot be verified is as if it were not there.
 */
export function createUpdates(parts: UpdateParts) {
  const { source, clock, log, isBusy, ending, checks = { judgeManifest, isInstaller } } = parts;
  const isoNow = () => new Date(clock.now()).toISOString();
  let state: UpdateState = {
    stage: 'offReason' in source ? 'off' : 'idle',
    offReason: 'offReason' in source ? source.offReason : null,
    current: parts.current,
    offered: null,
    percent: 0,
    checkedAt: null,
    error: null,
  };
  let manifest: Manifest | undefined;
  let installer: string | undefined;
  let isWanted = false;

  function move(change: Partial<UpdateState>): Result<UpdateState, AppError> {
    state = { ...state, ...change };
    parts.changed(state);
    return ok(state);
  }

  /** Back to where the step began, with the reason shown; the release it was about is forgotten where it is not to be trusted. */
  function give(up: AppError, stage: UpdateState['stage']): Result<UpdateState, AppError> {
    log.warn('update.failed', { code: up.code, reason: String(up.details['reason'] ?? '') });
    if (stage === 'idle') {
      manifest = undefined;
      installer = undefined;
    }
    move({ stage, error: up, percent: 0, ...(stage === 'idle' ? { offered: null } : {}) });
    return fail(up);
  }

  /** The port, where this stage may be left now. */
  function enter(
    stages: readonly UpdateState['stage'][],
  ): Result<{ port: UpdaterPort; publicKey: KeyObject }, AppError> {
    if ('offReason' in source) return fail(appError('update.off'));
    if (!stages.includes(state.stage)) return fail(appError('update.under-way'));
    return isBusy() ? fail(appError('update.busy')) : ok(source);
  }

  async function check(): Answer {
    const entered = enter(['idle', 'offered']);
    if (!entered.ok) return entered;
    const { port, publicKey } = entered.value;
    move({ stage: 'checking', error: null });
    let found: unknown;
    try {
      found = await unlessEnding(port.check(), ending);
    } catch (error) {
      log.warn('update.unreached', { reason: error instanceof Error ? error.message : String(error) });
      return give(appError('update.unreached'), 'idle');
    }
    if (found === null) return move({ stage: 'idle', offered: null, checkedAt: isoNow() });
    const judged = checks.judgeManifest(found, { current: state.current, publicKey, nowMs: clock.now() });
    if (judged.kind === 'refused') return give(appError('update.refused', { reason: judged.reason }), 'idle');
    if (judged.kind === 'newest') return move({ stage: 'idle', offered: null, checkedAt: isoNow() });
    manifest = judged.manifest;
    const { version, releaseNotes, releaseDate } = manifest;
    return move({
      stage: 'offered',
      offered: { version, notes: releaseNotes, releasedAt: releaseDate },
      checkedAt: isoNow(),
    });
  }

  async function download(): Answer {
    const entered = enter(['offered']);
    if (!entered.ok) return entered;
    const wanted = manifest;
    if (!wanted) return fail(appError('update.under-way'));
    move({ stage: 'downloading', percent: 0, error: null });
    try {
      const hear = (percent: number) => {
        const whole = Math.floor(percent);
        if (state.stage === 'downloading' && whole > state.percent) move({ percent: Math.min(100, whole) });
      };
      const path = await unlessEnding(entered.value.port.download(hear, ending), ending);
      if (!(await checks.isInstaller(path, wanted.files)))
        return give(appError('update.refused', { reason: 'installer' }), 'idle');
      installer = path;
    } catch (error) {
      log.warn('update.download-failed', { reason: error instanceof Error ? error.message : String(error) });
      return give(appError('update.unreached'), 'offered');
    }
    return move({ stage: 'ready', percent: 100 });
  }

  async function install(): Answer {
    const entered = enter(['ready']);
    if (!entered.ok) return entered;
    move({ stage: 'installing', error: null });
    // Between the download and the decision days may pass, and the file lies where others may write.
    const isSound =
      installer !== undefined && manifest !== undefined && (await checks.isInstaller(installer, manifest.files));
    if (!isSound) return give(appError('update.refused', { reason: 'installer' }), 'idle');
    if (isBusy()) return give(appError('update.busy'), 'ready');
    isWanted = true;
    parts.endProgram();
    return ok(state);
  }

  return {
    read: (): UpdateState => state,
    check,
    download,
    install,
    /** Looks by itself, where nothing else goes on; what it finds waits for a person. */
    async lookQuietly(): Promise<void> {
      if (state.stage === 'idle' && !isBusy()) await check();
    },
    /** At the end of the program, when all work is done: starts the installer a person decided on. @returns whether it did */
    installAtEnd(): boolean {
      if (!isWanted || 'offReason' in source) return false;
      source.port.install();
      return true;
    },
  };
}
