import { FilePdfOutlined } from '@ant-design/icons';
import { Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../../shared/contract/account-operations.ts';
import type { Invoice, StoredPdf } from '../../../shared/contract/invoice-operations.ts';
import { useOperation } from '../../api/queries.ts';
import { CardPreview } from '../../components/card-preview.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { PdfView } from '../../components/pdf/pdf-view.tsx';
import { WechatAddress } from './wechat-address.tsx';

function LocalCopy({ pdf }: { readonly pdf: StoredPdf }) {
  const reading = useOperation('pdf.read', { pdfId: pdf.id });
  if (reading.error) return <ErrorNotice error={reading.error} actions={{ retry: () => void reading.refetch() }} />;
  if (!reading.data) return <Loading />;
  return <PdfView bytes={reading.data.bytes} name={pdf.fileName} />;
}

function Paper({ pdf, accountId }: { readonly pdf: StoredPdf | null; readonly accountId: number }) {
  const { t } = useTranslation();
  if (!pdf) return <p className="pane-note">{t('invoice.papers.none')}</p>;
  return (
    <div className="documents-slot">
      <div className="pdf-head">
        <FilePdfOutlined aria-hidden="true" />
        <span className="pdf-name" title={pdf.fileName}>
          {pdf.fileName}
        </span>
      </div>
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
