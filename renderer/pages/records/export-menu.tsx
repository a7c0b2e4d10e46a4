import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Dropdown, Modal, Progress } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { EventMap } from '../../../shared/contract/events.ts';
import type { RecordColumn } from '../../../shared/contract/record-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { formatBeijingDate } from '../../../shared/invoice/beijing-time.ts';
import { bridge } from '../../api/bridge.ts';
import { call } from '../../api/call.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useLanguage } from '../../i18n/i18n.ts';
import type { SearchState } from './search-state.ts';

type Format = 'csv' | 'xlsx';
type Progressed = EventMap['record.exporting'];

type Outcome = { readonly done: OutputOf<'record.export'> } | { readonly error: AppError };

/** An export from the choice of its place to its end. */
export function useExport() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [isBusy, setBusy] = useState(false);
  const [progress, setProgress] = useState<Progressed>();
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => bridge().subscribe('record.exporting', setProgress), []);

  const write = async (format: Format, { criteria, sort }: SearchState, columns: readonly RecordColumn[]) => {
    const date = formatBeijingDate(Math.floor(Date.now() / 1000));
    const name = `${t('records.exportName', { date })}.${format}`;
    setOutcome(undefined);
    const chosen = await call('file.chooseSave', { name, kind: format });
    if (!chosen.ok) return setOutcome({ error: chosen.error });
    const { target } = chosen.value;
    if (!target) return;
    setProgress(undefined);
    setBusy(true);
    const answer = await call('record.export', {
      ...criteria,
      sort,
      columns: [...columns],
      format,
      language,
      target: target.token,
    });
    setBusy(false);
    if (answer.ok) setOutcome({ done: answer.value });
    else if (answer.error.code !== 'work.cancelled') setOutcome({ error: answer.error });
  };
  return { isBusy, progress, outcome, write, forget: () => setOutcome(undefined) };
}

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
export function ExportProgress({ progress }: { readonly progress: Progressed | undefined }) {
  const { t } = useTranslation();
  const percent = progress && progress.total > 0 ? Math.floor((100 * progress.done) / progress.total) : 0;
  return (
    <Modal
      open
      title={t('records.exportTitle')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      width={420}
      footer={<Button onClick={() => void call('record.cancelExport', {})}>{t('records.exportCancel')}</Button>}
    >
      <Progress percent={percent} aria-label={t('records.exportTitle')} />
      <p className="lead">
        {progress
          ? t('records.exportProgress', { done: progress.done, total: progress.total })
          : t('records.exportPreparing')}
      </p>
    </Modal>
  );
}

export function ExportOutcome({ outcome, onClose }: { readonly outcome: Outcome; readonly onClose: () => void }) {
  const { t } = useTranslation();
  if ('error' in outcome) return <ErrorNotice error={outcome.error} onClose={onClose} />;
  const { rows, file } = outcome.done;
  return (
    <Alert
      type="success"
      role="status"
      showIcon
      title={t('records.exported', { count: rows, shown: rows.toLocaleString('en-US'), file })}
      closable={{ 'aria-label': t('errorAction.close'), onClose }}
    />
  );
}
