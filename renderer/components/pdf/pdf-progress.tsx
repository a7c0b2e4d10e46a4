import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { usePdfProgress } from './use-pdf-progress.ts';

/** How far the reading of PDFs is, with the means to stop it. */
export function PdfProgress(props: {
  readonly progress: ReturnType<typeof usePdfProgress>;
  readonly onCancel: () => void;
}) {
  const { progress, onCancel } = props;
  const { t } = useTranslation();
  const { done = 0, total = 0 } = progress ?? {};
  return (
    <div className="pdf-reading">
      <span>{t(progress ? 'batch.pdfTable.progress' : 'batch.pdfTable.starting', { done, total })}</span>
      <Progress
        percent={total > 0 ? Math.floor((100 * done) / total) : 0}
        aria-label={t('batch.pdfTable.progressLabel')}
      />
      <Button onClick={onCancel}>{t('batch.pdfTable.cancel')}</Button>
    </div>
  );
}
