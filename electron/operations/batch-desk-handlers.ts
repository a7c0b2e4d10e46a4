import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ChosenFile } from '../../shared/contract/app-operations.ts';
import type { Handlers, InputOf, OutputOf } from '../../shared/contract/contract.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { ok, type Result } from '../../shared/result.ts';
import { findAccount, type HandlerParts } from './handler-parts.ts';

const emptyDesk: OutputOf<'desk.read'> = {
  table: null,
  folder: null,
  templateId: null,
  encoding: null,
  columns: null,
  edits: [],
  gone: [],
  tableChanged: false,
};

/** Changes when the file is written; empty where there is none. */
async function stampOf(path: string | null): Promise<string> {
  if (path === null) return '';
  try {
    const { size, mtimeMs } = await stat(path);
    return `${size} ${mtimeMs}`;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}

async function readDesk({ records, files }: HandlerParts, accountId: number): Promise<OutputOf<'desk.read'>> {
  const stored = records.batchDesks.find(accountId);
  if (!stored) return emptyDesk;
  const { tablePath, folderPath, tableStamp, ...reading } = stored;
  const gone: string[] = [];
  const admit = async (path: string | null): Promise<ChosenFile | null> => {
    if (path === null) return null;
    const admitted = await files.admit(path);
    if (admitted.ok) return admitted.value;
    gone.push(basename(path));
    return null;
  };
  const table = await admit(tablePath);
  const folder = await admit(folderPath);
  if (!table) return { ...emptyDesk, folder, gone, templateId: reading.templateId };
  const tableChanged = reading.edits.length > 0 && (await stampOf(tablePath)) !== tableStamp;
  return { ...reading, edits: tableChanged ? [] : reading.edits, table, folder, gone, tableChanged };
}

async function saveDesk(
  { records, files }: HandlerParts,
  { accountId, table, folder, ...reading }: InputOf<'desk.save'>,
): Promise<Result<OutputOf<'desk.save'>, AppError>> {
  const tablePath = table === null ? ok(null) : files.resolve(table);
  if (!tablePath.ok) return tablePath;
  const folderPath = folder === null ? ok(null) : files.resolve(folder);
  if (!folderPath.ok) return folderPath;
  const tableStamp = await stampOf(tablePath.value);
  records.batchDesks.save(accountId, {
    ...reading,
    tablePath: tablePath.value,
    tableStamp,
    folderPath: folderPath.value,
  });
  return ok({});
}

/** What lies on the desk for the next batch; its paths stay here. */
export function createBatchDeskHandlers(parts: HandlerParts): Pick<Handlers, 'desk.read' | 'desk.save'> {
  return {
    'desk.read': async ({ accountId }) => {
      const account = findAccount(parts, accountId);
      return account.ok ? ok(await readDesk(parts, accountId)) : account;
    },
    'desk.save': async (input) => {
      const account = findAccount(parts, input.accountId);
      return account.ok ? saveDesk(parts, input) : account;
    },
  };
}
