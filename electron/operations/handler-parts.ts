import type { ChosenFile } from '../../shared/contract/app-operations.ts';
import type { InputOf, OutputOf } from '../../shared/contract/contract.ts';
import type { Emit } from '../../shared/contract/events.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { PairingStore } from '../accounts/pairing-store.ts';
import type { PracticeWorld } from '../accounts/practice-world.ts';
import type { SecretStore } from '../accounts/secret-store.ts';
import type { WeChatClients } from '../accounts/wechat-clients.ts';
import type { Feeds } from '../feed/feeds.ts';
import type { FileTokens } from '../files/file-tokens.ts';
import type { AnswerKeeper } from '../issuing/answer-keeper.ts';
import type { DeskChecks } from '../issuing/desk-checks.ts';
import type { Importer } from '../issuing/import-batch.ts';
import type { Issuer } from '../issuing/issuer.ts';
import type { BatchRunner } from '../issuing/run-batch.ts';
import type { createLinkRequests } from '../orders/request-links.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import type { Backups } from '../records/backups.ts';
import type { PdfStore } from '../records/pdf-store.ts';
import type { RecordFinder } from '../records/record-search.ts';
import type { Records } from '../records/records.ts';
import type { WriterLock } from '../records/writer-lock.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import type { Updates } from '../updates/updates.ts';
import type { PdfWork } from './pdf-work.ts';

/** Opens the dialog of a window; absent where there is none. */
export type ChooseFile = (kind: InputOf<'file.choose'>['kind']) => Promise<Result<ChosenFile | null, AppError>>;

/** Opens a folder in the system's file manager, or a file in the system's program for it; answers whether that worked. Absent where there is no window. */
export type OpenFolder = (path: string) => Promise<boolean>;

/** Opens the dialog of a window that asks where to save. */
export type ChooseTarget = (
  wanted: InputOf<'file.chooseSave'>,
) => Promise<Result<OutputOf<'file.chooseSave'>['target'], AppError>>;

/**
 * Hands a copy of the file, under the name given, to the drag that a window has begun; absent where there is no window.
 * @throws what the file system throws
 */
export type DragOut = (path: string, name: string) => Promise<void>;

/** Everything the handlers call; built once in electron/app.ts. */
export interface HandlerParts {
  readonly dataFolder: string;
  readonly version: string;
  /** Where the samples are; absent where the program has none. */
  readonly resourcesFolder: string | undefined;
  /** What the build says about the licences of what it is made with; absent where the sources run. */
  readonly licencesFile: string | undefined;
  readonly records: Records;
  readonly pdfStore: PdfStore;
  readonly files: FileTokens;
  readonly secrets: SecretStore;
  readonly pairings: PairingStore;
  readonly feeds: Feeds;
  readonly clients: WeChatClients;
  readonly backups: Backups;
  /** Why a restore that had been asked for was not done at this start. */
  readonly restoreFailure: AppError | undefined;
  readonly practice: PracticeWorld;
  readonly issuer: Issuer;
  readonly answers: AnswerKeeper;
  readonly importer: Importer;
  readonly deskChecks: DeskChecks;
  readonly batchRunner: BatchRunner;
  readonly writerLock: WriterLock;
  readonly clock: Clock;
  readonly log: Log;
  readonly emit: Emit;
  readonly chooseFile: ChooseFile | undefined;
  readonly openFolder: OpenFolder | undefined;
  readonly chooseTarget: ChooseTarget | undefined;
  readonly dragOut: DragOut | undefined;
  readonly recordFinder: RecordFinder;
  readonly pdfWork: PdfWork;
  readonly updates: Updates;
  readonly linkRequests: ReturnType<typeof createLinkRequests>;
  /** Aborted when the program ends. */
  readonly ending: AbortSignal;
}

export const isoNow = ({ clock }: Pick<HandlerParts, 'clock'>): string => new Date(clock.now()).toISOString();

export function findAccount({ records }: Pick<HandlerParts, 'records'>, id: number): Result<StoredAccount, AppError> {
  const account = records.accounts.find(id);
  return account ? ok(account) : fail(appError('account.not-found', { account: String(id) }));
}
