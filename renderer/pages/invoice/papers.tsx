import { DownloadOutlined, FilePdfOutlined } from '@ant-design/icons';
import { Button, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../../shared/contract/account-operations.ts';
import type { Invoice, StoredPdf } from '../../../shared/contract/invoice-operations.ts';
import { pdfNameOf } from '../../../shared/file-name.ts';
import { call } from '../../api/call.ts';
import { useOperation } from '../../api/queries.ts';
import { useSaving } from '../../api/use-saving.ts';
import { useStep } from '../../api/use-step.ts';
import { CardPreview } from '../../components/card-preview.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { PdfView } from '../../components/pdf/pdf-view.tsx';
import { spinning } from '../../components/spinning.tsx';
import { WechatAddress } from './wechat-address.tsx';

function LocalCopy({ pdf }: { readonly pdf: StoredPdf }) {
  const reading = useOperation('pdf.read', { pdfId: pdf.id });
  if (reading.error) return <ErrorNotice error={reading.error} actions={{ retry: () => void reading.refetch() }} />;
  if (!reading.data) return <Loading />;
  return <PdfView bytes={reading.data.bytes} name={pdf.fileName} />;
}

/** The file's name, which can be dragged to wherever the PDF is wanted, and the way to save a copy of it. */
function PaperHead({ pdf }: { readonly pdf: StoredPdf }) {
  const { t } = useTranslation();
  const dragging = useStep();
  const saving = useSaving<{ readonly name: string }>();
  const saveCopy = () =>
    saving.save({ name: pdfNameOf(pdf.fileName), kind: 'pdf' }, (target) =>
      call('pdf.saveCopy', { pdfId: pdf.id, target }),
    );
  return (
    <>
      <div className="pdf-head">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging is for the mouse; the button beside it is for all */}
        <span
          className="pdf-handle"
          title={t('invoice.papers.drag', { name: pdf.fileName })}
          draggable
          onDragStart={(event) => {
            event.preventDefault();
            void dragging.run('pdf.dragOut', { pdfId: pdf.id });
          }}
        >
          <FilePdfOutlined aria-hidden="true" />
          <span className="pdf-name">{pdf.fileName}</span>
        </span>
        <Button
          size="small"
          icon={<DownloadOutlined aria-hidden="true" />}
          loading={spinning(saving.busy)}
          onClick={() => void saveCopy()}
        >
          {t('invoice.papers.saveCopy')}
        </Button>
      </div>
      <div aria-live="polite">{saving.saved && <p className="lead">{t('invoice.papers.saved', saving.saved)}</p>}</div>
      {saving.error && <ErrorNotice error={saving.error} onClose={saving.forget} />}
      {dragging.error && <ErrorNotice error={dragging.error} onClose={() => dragging.setError(undefined)} />}
    </>
  );
}

function Paper({ pdf, accountId }: { readonly pdf: StoredPdf | null; readonly accountId: number }) {
  const { t } = useTranslation();
  if (!pdf) return <p className="pane-note">{t('invoice.papers.none')}</p>;
  return (
    <div className="documents-slot">
      <PaperHead key={pdf.id} pdf={pdf} />
      <LocalCopy pdf={pdf} />
      <WechatAddress key={pdf.id} accountId={accountId} pdfId={pdf.id} />
    </div>
  );
}

/** The invoice's PDF, other proof, and the card as the customer sees it. */
export function Papers({ invoice, template }: { readonly invoice: Invoice; readonly template: Template | undefined }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState('invoice');
  const { accountId } = invoice;
  return (
    <section className="invoice-papers" aria-label={t('invoice.papers.region')}>
      <Tabs
        className="documents"
        activeKey={shown}
        onChange={setShown}
        destroyOnHidden
        items={[
          {
            key: 'invoice',
            label: t('documents.invoice.tab'),
            children: <Paper pdf={invoice.pdf} accountId={accountId} />,
          },
          {
            key: 'trip',
            label: t('documents.trip.tab'),
            children: <Paper pdf={invoice.tripPdf} accountId={accountId} />,
          },
          {
            key: 'card',
            label: t('documents.card.tab'),
            children: template ? (
              <div className="card-place">
                <CardPreview template={template} content={invoice.fields} />
                <p className="card-note">{t('documents.card.note')}</p>
              </div>
            ) : (
              <p className="pane-note">{t('documents.card.noTemplate')}</p>
            ),
          },
        ]}
      />
    </section>
  );
}
