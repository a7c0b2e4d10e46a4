import { FileSearchOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { PdfProgress } from '../../components/pdf/pdf-progress.tsx';
import { usePdfProgress } from '../../components/pdf/use-pdf-progress.ts';
import { type CheckedTable, type LineRepair, pdfRepairsOf, type TableLine } from './checked-rows.ts';
import { FixDialog } from './fix-dialog.tsx';
import { PdfFindings } from './pdf-findings.tsx';
import type { Comparison } from './use-comparison.ts';

/** Whether the PDFs say what the table says, with the way to take over what they say. */
export function PdfComparison(props: {
  readonly comparison: Comparison;
  readonly checked: CheckedTable;
  readonly lines: readonly TableLine[];
  readonly onTake: (repairs: readonly LineRepair[]) => void;
}) {
  const { comparison, checked, lines, onTake } = props;
  const { t } = useTranslation();
  const progress = usePdfProgress('compare');
  const [taking, setTaking] = useState(false);
  const { data, busy, error, start, cancel } = comparison;
  if (checked.pdfCount === 0) return null;
  const repairs = data ? pdfRepairsOf(lines) : [];
  const differing = lines.reduce((count, { findings }) => count + findings.filter(({ pdf }) => pdf).length, 0);
  const words = data && [
    t('batch.compare.compared', { count: data.compared }),
    t(differing === 0 ? 'batch.compare.same' : 'batch.compare.differing', { count: differing }),
  ];
  return (
    <section className="batch-compare" aria-label={t('batch.compare.title')}>
      {error && <ErrorNotice error={error} actions={{ retry: start }} />}
      {busy && !data ? (
        <PdfProgress progress={progress} onCancel={() => void cancel()} />
      ) : (
        <div className="batch-tools">
          <Button icon={<FileSearchOutlined aria-hidden="true" />} disabled={busy} onClick={start}>
            {t(data ? 'batch.compare.again' : 'batch.compare.start')}
          </Button>
          <span role="status" className="lead">
            {words ? words.join(' · ') : t('batch.compare.hint')}
          </span>
          {repairs.length > 0 && (
            <Button onClick={() => setTaking(true)}>{t('batch.compare.takeAll', { count: repairs.length })}</Button>
          )}
        </div>
      )}
      {data && <PdfFindings title={t('batch.compare.refusedTitle')} findings={data.refused} ofFiles />}
      <FixDialog
        open={taking}
        title={t('batch.compare.takeTitle')}
        lead={t('batch.compare.takeLead')}
        repairs={repairs}
        header={checked.file.header}
        onApply={() => {
          setTaking(false);
          onTake(repairs);
        }}
        onClose={() => setTaking(false)}
      />
    </section>
  );
}
