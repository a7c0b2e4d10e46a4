import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useDropPlace } from '../../components/use-drop-place.ts';
import { SourcePicker } from './source-picker.tsx';
import type { Desk } from './use-desk.ts';
import type { useSources } from './use-sources.ts';

/** Takes a dropped table and a dropped folder anywhere on the page. */
export function SourceArea(props: {
  readonly sources: ReturnType<typeof useSources>;
  readonly desk: Desk;
  readonly opened: OutputOf<'table.open'> | undefined;
  readonly pdfCount: number | undefined;
  readonly children: ReactNode;
}) {
  const { sources, desk, opened, pdfCount, children } = props;
  const { t } = useTranslation();
  const { over, handlers } = useDropPlace((transfer) => void sources.drop(transfer));
  const aboutTable =
    opened &&
    t('batch.table.about', {
      rows: opened.rowCount,
      // What the program reads a table from; all of them have a name in the texts.
      encoding: t(`batch.encoding.${opened.encoding as 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be' | 'xlsx'}`),
    });
  return (
    <div className={over ? 'batch-desk is-over' : 'batch-desk'} {...handlers}>
      {!desk.table && <p className="lead">{t(over ? 'batch.drop' : 'batch.lead')}</p>}
      {/* Beside what is there, and not before it: what moves away under the pointer takes no drop. */}
      {over && desk.table && <p className="batch-drop-hint">{t('batch.drop')}</p>}
      <div className="batch-sources">
        <SourcePicker
          kind="table"
          title={t('batch.table.title')}
          hint={t('batch.table.hint')}
          name={desk.table?.name}
          about={desk.table && aboutTable}
          choose={t(desk.table ? 'batch.table.replace' : 'batch.table.choose')}
          onChoose={() => void sources.choose('table')}
        />
        <SourcePicker
          kind="folder"
          title={t('batch.folder.title')}
          hint={t('batch.folder.hint')}
          name={desk.folder?.name}
          about={desk.folder && pdfCount !== undefined && t('batch.folder.about', { count: pdfCount })}
          choose={t(desk.folder ? 'batch.folder.replace' : 'batch.folder.choose')}
          onChoose={() => void sources.choose('pdf-folder')}
        />
      </div>
      {sources.error && <ErrorNotice error={sources.error} onClose={sources.clearError} />}
      {children}
    </div>
  );
}
