import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Handlers } from '../shared/contract/contract.ts';
import type { Emit } from '../shared/contract/events.ts';
import { type AppError, appError } from '../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import { createPairingStore } from './accounts/pairing-store.ts';
import { createPracticeWorld } from './accounts/practice-world.ts';
import type { SecretStore } from './accounts/secret-store.ts';
import { createWeChatClients } from './accounts/wechat-clients.ts';
import { createFeeds } from './feed/feeds.ts';
import { createFileTokens, type FileTokens } from './files/file-tokens.ts';
import { createAnswerKeeper } from './issuing/answer-keeper.ts';
import { createDeskChecks, withChangesNoted } from './issuing/desk-checks.ts';
import { createImporter } from './issuing/import-batch.ts';
import { createIssuer } from './issuing/issuer.ts';
import { recoverImports } from './issuing/link-rows.ts';
import { createBatchRunner } from './issuing/run-batch.ts';
import { withBackupBefore } from './operations/backup-handlers.ts';
import type { ChooseFile, ChooseTarget, DragOut, OpenFolder } from './operations/handler-parts.ts';
import { createHandlers } from './operations/handlers.ts';
import { createPdfReadings } from './operations/pdf-readings.ts';
import { createPdfWork } from './operations/pdf-work.ts';
import { runOperation } from './operations/run-operation.ts';
import { createLinkRequests } from './orders/request-links.ts';
import { watchOrders } from './orders/watch-orders.ts';
import { createPdfReader } from './pdf/pdf-reader.ts';
import { databaseIn, searchIndexIn } from './records/backup-files.ts';
import { scheduleBackups, systemTicker, type Ticker } from './records/backup-schedule.ts';
import { createBackups } from './records/backups.ts';
import { createDiskReserve } from './records/disk-reserve.ts';
import { createPdfStore } from './records/pdf-store.ts';
import { createRecordFinder } from './records/record-search.ts';
import { createRecords } from './records/records.ts';
import { openRecords } from './records/restore-open.ts';
import { createWriterLock } from './records/writer-lock.ts';
import type { Clock } from './support/clock.ts';
import type { Log } from './support/log.ts';
import { createUpdates, type UpdateSource } from './updates/updates.ts';
import type { Timeouts } from './wechat/transport.ts';

const updateEveryMs = 24 * 3600_000;

export interface AppOptions {
  readonly dataFolder: string;
  readonly version: string;
  /** Who is running, shown to a second process that wants to issue from the same folder. */
  readonly program: string;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly emit: Emit;
  /** The folder with the samples. */
  readonly resourcesFolder?: string;
  /** The licences of what the program is made with, as the build writes them. */
  readonly licencesFile?: string;
  /** Where updates come from, and how the program is ended for one; absent where it is not a package. */
  readonly updates?: { readonly source: UpdateSource; readonly endProgram: () => void };
  readonly chooseFile?: (files: FileTokens) => ChooseFile;
  readonly openFolder?: OpenFolder;
  readonly chooseTarget?: (files: FileTokens) => ChooseTarget;
  readonly dragOut?: DragOut;
  /** How long WeChat's answers are waited for; absent: the usual limits. */
  readonly timeouts?: Partial<Timeouts>;
  /** Milliseconds before each repeat of an insert that needs no new decision. */
  readonly repeatWaits?: readonly number[];
  /** What makes the periodic backups come; absent: the system's timer. */
  readonly ticker?: Ticker;
}

export interface App {
  readonly handlers: Handlers;
  readonly files: FileTokens;
  /** Runs one operation of the contract: input parsed, failure returned, never thrown. */
  readonly call: (name: string, input: unknown) => Promise<Result<unknown, AppError>>;
  /** Follows the relays of all accounts, and tries those again at once that are not reached. What they deliver comes as events. */
  readonly followRelays: () => Promise<void>;
  /** Asks WeChat from now on about the orders whose customers have not decided, each when it is due. */
  readonly watchOrders: () => void;
  /** Looks for an update now and once a day, unless invoices are being issued. */
  readonly lookForUpdates: () => void;
  /** After the end: starts the installer that a person decided on. @returns whether there was one */
  readonly installUpdate: () => boolean;
  /** Stops batches between two calls, and throws away a table that is still being read. */
  readonly stopWork: () => void;
  /** Ends once, however often it is asked to. */
  readonly close: () => Promise<void>;
}

/**
 * Builds the program out of its parts, without a window.
 * @returns the app, or why the data folder cannot be used (`database.newer`, `database.damaged`, …)
 */
export function createApp(options: AppOptions): Result<App, AppError> {
  const { dataFolder, clock, log, secrets, program } = options;
  const opened = openRecords({ dataFolder, program, nowMs: clock.now(), log });
  if (!opened.ok) return opened;
  const { database, restoreFailure } = opened.value;
  const records = createRecords(database);
  const deskChecks = createDeskChecks({ records, clock });
  const emit = withChangesNoted(options.emit, deskChecks);
  const backups = createBackups({ dataFolder, database, clock, log });
  const ending = new AbortController();
  const sleep = async (milliseconds: number) => {
    // Cut short by the end of the program, which is no failure of the one who waits.
    await setTimeout(milliseconds, undefined, { signal: ending.signal }).catch(() => undefined);
  };
  const pdfStore = createPdfStore(join(dataFolder, 'pdf'));
  const files = createFileTokens();
  const writerLock = createWriterLock(dataFolder, program, () => {
    const found = issuer.recover();
    if (found > 0) log.warn('issuing.recovered', { unknown: found });
    const imports = recoverImports(records, new Date(clock.now()).toISOString());
    if (imports.discarded + imports.finished > 0) log.warn('imports.recovered', imports);
  });
  const pairings = createPairingStore(secrets);
  const practice = createPracticeWorld({
    dataFolder,
    accounts: records.accounts,
    writerLock,
    now: () => clock.now(),
    pushTargetOf: async (account) => {
      const keys = records.relays.find(account.id) && (await pairings.read(account));
      if (!keys?.ok) return undefined;
      const { url, channel, token, encodingAesKey } = keys.value.current;
      return { pushUrl: `${url}/wechat/${channel}`, pushToken: token, encodingAesKey };
    },
  });
  const clients = createWeChatClients({
    accounts: records.accounts,
    secrets,
    practice,
    clock,
    log,
    timeouts: options.timeouts,
    tunnelOf: async (account) => {
      const isWanted = records.relays.find(account.id)?.carriesCalls === true;
      if (!isWanted) return ok(undefined);
      const keys = await pairings.read(account);
      return keys.ok ? ok(keys.value.current) : keys;
    },
  });
  const isEnding = () => ending.signal.aborted;
  const changed = (id: number) => emit('record.changed', { kind: 'invoice', id });
  const answers = createAnswerKeeper({ reserve: createDiskReserve(dataFolder), sleep, isEnding, changed });
  const issuer = createIssuer({
    records,
    pdfStore,
    answers,
    clients,
    writerLock,
    clock,
    sleep,
    isEnding,
    repeatWaits: options.repeatWaits,
    changed,
  });
  const runner = createBatchRunner({ records, issuer, writerLock, clock, emit, sleep });
  const batchRunner = withBackupBefore(runner, backups, records);
  const importer = createImporter({ records, pdfStore, writerLock, clock, emit });
  const recordFinder = createRecordFinder(
    { databasePath: databaseIn(dataFolder), indexPath: searchIndexIn(dataFolder) },
    records,
  );
  const pdfReader = createPdfReader();
  // An idle thread would keep the command line from ending.
  ending.signal.addEventListener('abort', () => void pdfReader.close(), { once: true });
  const readings = createPdfReadings(pdfReader);
  const pdfWork = createPdfWork({ readings, clock, emit, ending: ending.signal });
  const feeds = createFeeds({ records, pairings, clock, log, emit });
  const orderParts = {
    records,
    clients,
    clock,
    emit,
    ending: ending.signal,
  };
  const linkRequests = createLinkRequests(orderParts);
  const orderWatch = watchOrders({ ...orderParts, log });
  const updates = createUpdates({
    source: options.updates?.source ?? { offReason: 'not-packaged' },
    current: options.version,
    clock,
    log,
    isBusy: () => batchRunner.isRunning() || issuer.isAtWork(),
    ending: ending.signal,
    changed: (update) => emit('update.changed', { update }),
    endProgram: () => options.updates?.endProgram(),
  });
  const ticker = options.ticker ?? systemTicker;
  const handlers = createHandlers({
    dataFolder,
    version: options.version,
    resourcesFolder: options.resourcesFolder,
    licencesFile: options.licencesFile,
    records,
    pdfStore,
    files,
    secrets,
    pairings,
    feeds,
    clients,
    practice,
    issuer,
    answers,
    importer,
    deskChecks,
    batchRunner,
    backups,
    restoreFailure,
    writerLock,
    clock,
    log,
    emit,
    chooseFile: options.chooseFile?.(files),
    openFolder: options.openFolder,
    chooseTarget: options.chooseTarget?.(files),
    dragOut: options.dragOut,
    recordFinder,
    pdfWork,
    linkRequests,
    updates,
    ending: ending.signal,
  });
  // Where nobody else is at work, nobody knows what became of the requests that were under way at the last end.
  if (writerLock.acquire().ok) writerLock.release();
  const endBackups = scheduleBackups(backups, ticker);
  let endLooking: () => void = () => undefined;
  const underWay = new Set<Promise<unknown>>();
  const end = async () => {
    ending.abort();
    endBackups();
    endLooking();
    batchRunner.stopAll();
    importer.stopAll();
    deskChecks.stopAll();
    await feeds.close();
    await orderWatch.ended();
    // An operation that waits for WeChat still has to write down what it is answered.
    await Promise.allSettled(underWay);
    await batchRunner.idle();
    await answers.writeKept();
    await recordFinder.close();
    await clients.close();
    await practice.close();
    await backups.makeIfChanged('at-exit');
    writerLock.release();
    opened.value.close();
  };
  let ended: Promise<void> | undefined;
  return ok({
    handlers,
    files,
    call: async (name: string, input: unknown) => {
      // What begins now would find its clients and its database closing under it.
      if (ending.signal.aborted) return fail(appError('work.cancelled'));
      const work = runOperation(handlers, log, name, input);
      underWay.add(work);
      return work.finally(() => underWay.delete(work));
    },
    followRelays: () => feeds.start(),
    watchOrders: () => orderWatch.start(),
    lookForUpdates: () => {
      endLooking();
      endLooking = ticker.every(updateEveryMs, () => void updates.lookQuietly());
      void updates.lookQuietly();
    },
    installUpdate: () => updates.installAtEnd(),
    stopWork: () => {
      batchRunner.stopAll();
      importer.stopAll();
      deskChecks.stopAll();
      pdfWork.cancel();
    },
    close: () => {
      ended ??= end();
      return ended;
    },
  });
}
