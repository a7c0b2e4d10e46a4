import { FilePdfOutlined } from '@ant-design/icons';
import { Alert, Button, Collapse } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ChosenFile } from '../../../shared/contract/app-operations.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { PdfProgress } from '../../components/pdf/pdf-progress.tsx';
import { usePdfProgress } from '../../components/pdf/use-pdf-progress.ts';
import { PdfFindings } from './pdf-findings.tsx';
import type { PdfTable } from './use-pdf-table.ts';

/** The way to a batch for somebody who has PDFs and no table. */
export function PdfTableOffer(props: {
  readonly folder: ChosenFile | null;
  readonly onChoose: () => void;
  readonly onMake: (folder: ChosenFile) => void;
}) {
  const { folder, onChoose, onMake } = props;
  const { t } = useTranslation();
  return (
    <section className="batch-sample" aria-label={t('batch.pdfTable.title')}>
      <h2>{t('batch.pdfTable.title')}</h2>
      <p className="lead">{t('batch.pdfTable.text')}</p>
      <div className="batch-buttons">
        {folder && (
          <Button icon={<FilePdfOutlined aria-hidden="true" />} onClick={() => onMake(folder)}>
            {t('batch.pdfTable.ofFolder', { name: folder.name })}
          </Button>
        )}
        <Button icon={!folder && <FilePdfOutlined aria-hidden="true" />} onClick={onChoose}>
          {t(folder ? 'batch.pdfTable.ofOther' : 'batch.pdfTable.choose')}
        </Button>
      </div>
    </section>
  );
}

function MadeNotice(props: {
  readonly made: OutputOf<'table.fromPdfs'>;
  readonly folder: string;
  readonly onClose: () => void;
}) {
  const { made, folder, onClose } = props;
  const { t } = useTranslation();
  const { rows, refused, notes } = made;
  const parts = [
    ...(refused.length > 0 ? [t('batch.pdfTable.refused', { count: refused.length })] : []),
    ...(notes.length > 0 ? [t('batch.pdfTable.notes', { count: notes.length })] : []),
  ];
  return (
    <Alert
      type={rows === 0 || parts.length > 0 ? 'warning' : 'success'}
      role="status"
      showIcon
      closable={{ 'aria-label': t('errorAction.close'), onClose }}
      title={[t(rows === 0 ? 'batch.pdfTable.noRows' : 'batch.pdfTable.made', { rows, name: folder }), ...parts].join(
        ' · ',
      )}
      description={
        parts.length > 0 && (
          <Collapse
            size="small"
            ghost
            defaultActiveKey={rows === 0 ? ['pdfs'] : []}
            items={[
              {
                key: 'pdfs',
                label: t('batch.pdfTable.details'),
                children: (
                  <div className="batch-pdf-lists">
                    <PdfFindings title={t('batch.pdfTable.refusedTitle')} findings={refused} ofFiles />
                    <PdfFindings title={t('batch.pdfTable.notesTitle')} findings={notes} />
                  </div>
                ),
              },
            ]}
          />
        )
      }
    />
  );
}

/** A table that is being made of PDFs, and what came of it. */
export function PdfTableStep(props: { readonly pdfTable: PdfTable; readonly table: ChosenFile | null }) {
  const { pdfTable, table } = props;
  const { busy, error, made, folder, make, cancel, forget } = pdfTable;
  const progress = usePdfProgress('make');
  if (busy) return <PdfProgress progress={progress} onCancel={() => void cancel()} />;
  if (error)
    return <ErrorNotice error={error} onClose={forget} actions={folder ? { retry: () => void make(folder) } : {}} />;
  // Of a table that another has taken the place of nobody wants to hear.
  if (!made || made.table?.token !== table?.token) return null;
  return <MadeNotice made={made} folder={folder?.name ?? ''} onClose={forget} />;
}
