import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { spinning } from '../../components/spinning.tsx';
import type { CheckedTable } from './checked-rows.ts';
import type { useImport } from './use-import.ts';

/** The step from what was checked to a batch. */
export function ImportBar(props: {
  readonly checked: CheckedTable;
  readonly fresh: boolean;
  readonly importing: ReturnType<typeof useImport>;
  readonly onImport: () => void;
}) {
  const { checked, fresh, importing, onImport } = props;
  const { t } = useTranslation();
  const { progress, busy } = importing;
  const { total, faulty } = checked.counts;
  const percent = progress && progress.total > 0 ? Math.floor((progress.done / progress.total) * 100) : 0;
  return (
    <footer className="batch-foot">
      {busy && (
        <>
          <span>{t(progress?.step === 'linking' ? 'batch.importing.linking' : 'batch.importing.reading')}</span>
          <Progress percent={percent} aria-label={t('batch.importing.progress')} />
          <Button onClick={() => void importing.cancel()}>{t('batch.importing.cancel')}</Button>
        </>
      )}
      <span className="batch-tools-gap" />
      {faulty > 0 && !busy && <span className="lead">{t('batch.importing.importAll', { faulty })}</span>}
      <Button type="primary" disabled={!fresh || total === 0} loading={spinning(busy)} onClick={onImport}>
        {t('batch.importing.import', { count: total })}
      </Button>
    </footer>
  );
}
