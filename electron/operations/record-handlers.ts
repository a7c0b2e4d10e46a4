import type { Handlers, InputOf } from '../../shared/contract/contract.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { fail, ok } from '../../shared/result.ts';
import { databaseIn } from '../records/backup-files.ts';
import type { HandlerParts } from './handler-parts.ts';

type Names =
  | 'record.search'
  | 'record.count'
  | 'record.export'
  | 'record.cancelExport'
  | 'record.readLayout'
  | 'record.saveLayout'
  | 'file.chooseSave';

export function createRecordHandlers(parts: HandlerParts): Pick<Handlers, Names> {
  const { records, recordFinder, files, emit } = parts;
  let exporting: AbortController | undefined;

  async function exportNow(
    { target, language, columns, format, sort, ...criteria }: InputOf<'record.export'>,
    signal: AbortSignal,
  ) {
    const path = files.resolve(target);
    if (!path.ok) return path;
    // Its address is that of a worker, so it has to be a file of its own after bundling.
    const { exportRecords } = await import('../tables/export-worker.ts');
    return exportRecords(
      {
        databasePath: databaseIn(parts.dataFolder),
        path: path.value,
        criteria,
        sort,
        columns,
        format,
        language: language ?? records.settings.read().language,
      },
      (done, total) => emit('record.exporting', { running: true, done, total }),
      signal,
    );
  }

  return {
    'record.search': (input) => recordFinder.find(input),
    'record.count': (input) => recordFinder.count(input),
    'record.export': async (input) => {
      // The newest one is the one that is wanted.
      exporting?.abort();
      const own = new AbortController();
      exporting = own;
      emit('record.exporting', { running: true, done: 0, total: 0 });
      const signal = AbortSignal.any([own.signal, parts.ending]);
      return exportNow(input, signal).finally(() => {
        if (exporting !== own) return;
        exporting = undefined;
        emit('record.exporting', { running: false, done: 0, total: 0 });
      });
    },
    'record.cancelExport': async () => {
      const cancelled = exporting !== undefined;
      exporting?.abort();
      return ok({ cancelled });
    },
    'record.readLayout': async () => ok(records.layouts.read()),
    'record.saveLayout': async (changes) => ok(records.layouts.write(changes)),
    'file.chooseSave': async (wanted) => {
      if (!parts.chooseTarget) return fail(appError('window.needed'));
      const chosen = await parts.chooseTarget(wanted);
      return chosen.ok ? ok({ target: chosen.value }) : chosen;
    },
  };
}
