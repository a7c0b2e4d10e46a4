import { Alert, Button, Spin } from 'antd';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Notes } from '../../components/field.tsx';
import { useFormAccess } from './form-context.tsx';
import { usePdfReadingHere } from './pdf-context.tsx';

/** Above the PDF: that it is being read, what it filled, and what is odd about it as a whole. */
export function PdfNotice() {
  const { t } = useTranslation();
  const { control, readOnly } = useFormAccess();
  const isOrderKnown = useWatch({ control, name: 'orderId' }).trim() !== '';
  const { state, extraction, error, filled, undo, dismiss } = usePdfReadingHere();
  if (readOnly) return null;
  if (state === 'reading')
    return (
      <div className="pdf-reading" role="status">
        <Spin size="small" /> {t('reading.now')}
      </div>
    );
  if (error) return <ErrorNotice error={error} />;
  // Which source says what is told beside the field.
  const findings = extraction?.findings.filter(({ code }) => code !== 'pdf.sources-disagree') ?? [];
  return (
    <>
      {filled > 0 && (
        <Alert
          role="status"
          type="success"
          showIcon
          title={t(isOrderKnown ? 'reading.filledAll' : 'reading.filled', { count: filled })}
          action={
            <Button size="small" onClick={undo}>
              {t('reading.undo')}
            </Button>
          }
          closable={{ 'aria-label': t('errorAction.close'), onClose: dismiss }}
        />
      )}
      {findings.length > 0 && <Notes id="invoice-pdf" findings={findings} tone="loud" />}
    </>
  );
}
