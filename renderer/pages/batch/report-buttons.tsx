import { DownloadOutlined, EditOutlined, FileTextOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Batch } from '../../../shared/contract/batch-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { call } from '../../api/call.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useDesk } from './use-desk.ts';

/** What comes of a batch on paper: its report, and the table of the rows that are still to be corrected. */
export function ReportButtons({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { change, placeTable } = useDesk(batch.accountId);
  const [done, setDone] = useState<{
    readonly how: 'opened' | 'saved';
    readonly name: string;
    readonly rows: number;
  }>();
  const [error, setError] = useState<AppError | null>(null);
  const open = async () => {
    setError(null);
    const answer = await call('table.openReport', { batchId: batch.id });
    if (!answer.ok) return setError(answer.error);
    setDone({ how: 'opened', ...answer.value });
  };
  const save = async () => {
    setError(null);
    const place = await call('file.choose', { kind: 'pdf-folder' });
    if (!place.ok) return setError(place.error);
    if (!place.value.file) return;
    const answer = await call('table.report', { batchId: batch.id, folder: place.value.file.token });
    if (!answer.ok) return setError(answer.error);
    setDone({ how: 'saved', ...answer.value });
  };
  const correct = async () => {
    setError(null);
    const answer = await call('table.faultyRows', { batchId: batch.id });
    if (!answer.ok) return setError(answer.error);
    placeTable(answer.value.table);
    change({ templateId: batch.templateId });
    navigate('/batch');
  };
  const faulty = batch.counts.faulty + batch.counts.rejected;
  return (
    <div className="batch-report">
      <Button icon={<FileTextOutlined aria-hidden="true" />} onClick={() => void open()}>
        {t('batch.report.open')}
      </Button>
      <Button icon={<DownloadOutlined aria-hidden="true" />} onClick={() => void save()}>
        {t('batch.report.save')}
      </Button>
      {faulty > 0 && batch.state !== 'running' && (
        <Button icon={<EditOutlined aria-hidden="true" />} onClick={() => void correct()}>
          {t('batch.report.faulty', { count: faulty })}
        </Button>
      )}
      <span role="status">{done && t(`batch.report.${done.how}`, done)}</span>
      {error && <ErrorNotice error={error} onClose={() => setError(null)} />}
    </div>
  );
}
