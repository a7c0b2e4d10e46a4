import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Dropdown, Progress } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventMap } from '../../../shared/contract/events.ts';
import type { RecordColumn } from '../../../shared/contract/record-operations.ts';
import { formatBeijingDate } from '../../../shared/invoice/beijing-time.ts';
import { bridge } from '../../api/bridge.ts';
import { call } from '../../api/call.ts';
import { useLongOperation } from '../../api/use-long-operation.ts';
import { useStep } from '../../api/use-step.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useLanguage } from '../../i18n/i18n.ts';
import type { SearchState } from './search-state.ts';

type Format = 'csv' | 'xlsx';

/** An export from the choice of its place to its end; it goes on while other pages are shown. */
export function useExport() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const place = useStep();
  const work = useLongOperation('record.export');

  const write = async (format: Format, { criteria, sort }: SearchState, columns: readonly RecordColumn[]) => {
    const date = formatBeijingDate(Math.floor(Date.now() / 1000));
    const name = `${t('records.exportName', { date })}.${format}`;
    work.forget();
    const target = (await place.run('file.chooseSave', { name, kind: format }))?.target;
    if (target) work.start({ ...criteria, sort, columns: [...columns], format, language, target: target.token });
  };
  return { place, work, write };
}

type Export = ReturnType<typeof useExport>;

export function ExportMenu(props: { readonly disabled: boolean; readonly onExport: (format: Format) => void }) {
  const { disabled, onExport } = props;
  const { t } = useTranslation();
  return (
    <Dropdown
      trigger={['click']}
      disabled={disabled}
      menu={{
        items: [
          { key: 'csv', label: t('records.exportCsv') },
          { key: 'xlsx', label: t('records.exportXlsx') },
        ],
        onClick: ({ key }) => onExport(key === 'xlsx' ? 'xlsx' : 'csv'),
      }}
    >
      <Button icon={<DownloadOutlined aria-hidden="true" />}>{t('records.export')}</Button>
    </Dropdown>
  );
}

/** How far the export is, with the means to stop it. */
function ExportProgress() {
  const { t } = useTranslation();
  const [{ done, total }, setProgress] = useState<Pick<EventMap['record.exporting'], 'done' | 'total'>>(nothingYet);
  useEffect(() => bridge().subscribe('record.exporting', setProgress), []);
  return (
    <div className="records-export">
      <span>{t('records.exportTitle')}</span>
      <Progress
        percent={total > 0 ? Math.floor((100 * done) / total) : 0}
        showInfo={false}
        aria-label={t('records.exportTitle')}
      />
      <span className="records-export-words">
        {total > 0 ? t('records.exportProgress', { done, total }) : t('records.exportPreparing')}
      </span>
      <Button size="small" onClick={() => void call('record.cancelExport', {})}>
        {t('records.exportCancel')}
      </Button>
    </div>
  );
}

const nothingYet = { done: 0, total: 0 } as const;

/** The export under way, or what became of the last one. */
export function ExportState({ place, work }: Export) {
  const { t } = useTranslation();
  if (work.isRunning) return <ExportProgress />;
  if (place.error) return <ErrorNotice error={place.error} onClose={() => place.setError(undefined)} />;
  if (work.error && work.error.code !== 'work.cancelled')
    return <ErrorNotice error={work.error} onClose={work.forget} />;
  if (!work.output) return null;
  const { rows, file } = work.output;
  return (
    <Alert
      type="success"
      role="status"
      showIcon
      title={t('records.exported', { count: rows, shown: rows.toLocaleString('en-US'), file })}
      closable={{ 'aria-label': t('errorAction.close'), onClose: work.forget }}
    />
  );
}
