import { CloseOutlined, FilePdfOutlined, FolderOpenOutlined, SwapOutlined } from '@ant-design/icons';
import { Alert, Button, Tabs, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../../shared/contract/account-operations.ts';
import { CardPreview } from '../../components/card-preview.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { type PdfMark, PdfView } from '../../components/pdf/pdf-view.tsx';
import { spinning } from '../../components/spinning.tsx';
import { useDropPlace } from '../../components/use-drop-place.ts';
import { useReading } from './form-context.tsx';
import { useMark } from './pdf-context.tsx';
import { PdfNotice } from './pdf-notice.tsx';
import type { PdfSlot, PlacedPdf } from './use-pdf-slot.ts';

export type DocumentKind = 'invoice' | 'trip';

/** 84213 → `82 KB`; 1048576 → `1.0 MB`. */
function sizeText(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function PdfHead(props: { readonly pdf: PlacedPdf; readonly slot: PdfSlot; readonly readOnly: boolean }) {
  const { pdf, slot, readOnly } = props;
  const { t } = useTranslation();
  return (
    <div className="pdf-head">
      <FilePdfOutlined aria-hidden="true" />
      <span className="pdf-name" title={pdf.name}>
        {pdf.name}
      </span>
      <span className="pdf-size">{sizeText(pdf.sizeBytes)}</span>
      {!readOnly && (
        <>
          <Tooltip title={t('pdf.replace')}>
            <Button
              size="small"
              type="text"
              icon={<SwapOutlined aria-hidden="true" />}
              aria-label={t('pdf.replace')}
              onClick={() => void slot.choose()}
            />
          </Tooltip>
          <Tooltip title={t('pdf.remove')}>
            <Button
              size="small"
              type="text"
              icon={<CloseOutlined aria-hidden="true" />}
              aria-label={t('pdf.remove')}
              onClick={slot.remove}
            />
          </Tooltip>
        </>
      )}
    </div>
  );
}

function EmptySlot({ slot, kind }: { readonly slot: PdfSlot; readonly kind: DocumentKind }) {
  const { t } = useTranslation();
  return (
    <div className="drop-zone">
      <FilePdfOutlined className="drop-icon" aria-hidden="true" />
      <p className="drop-title">{t(`documents.${kind}.drop`)}</p>
      <p className="drop-text">{t(`documents.${kind}.hint`)}</p>
      <Button
        id={`choose-${kind}-pdf`}
        icon={<FolderOpenOutlined aria-hidden="true" />}
        loading={spinning(slot.busy)}
        onClick={() => void slot.choose()}
      >
        {t(`documents.${kind}.choose`)}
      </Button>
    </div>
  );
}

interface FilledProps {
  readonly pdf: PlacedPdf;
  readonly slot: PdfSlot;
  readonly readOnly: boolean;
}

function FilledSlot({ pdf, slot, readOnly, mark }: FilledProps & { readonly mark?: PdfMark | undefined }) {
  return (
    <>
      <PdfHead pdf={pdf} slot={slot} readOnly={readOnly} />
      {pdf.bytes ? <PdfView bytes={pdf.bytes} name={pdf.name} mark={mark} /> : !slot.error && <Loading />}
    </>
  );
}

/** The invoice's PDF, with what it says held against the form. */
function InvoiceSlot(props: FilledProps) {
  const mark = useMark();
  return <FilledSlot {...props} mark={mark} />;
}

/** Takes a dropped PDF anywhere on it. */
function DropTarget(props: {
  readonly label: string;
  readonly slot: PdfSlot;
  readonly readOnly: boolean;
  /** What is told above the PDF. */
  readonly notice?: ReactNode;
  readonly children: ReactNode;
}) {
  const { label, slot, readOnly, notice, children } = props;
  const { t } = useTranslation();
  const place = useDropPlace(readOnly ? null : (transfer) => void slot.drop(transfer));
  return (
    <section
      className={place.over ? 'documents-slot is-over' : 'documents-slot'}
      aria-label={label}
      {...place.handlers}
    >
      {slot.error && (
        <ErrorNotice
          error={slot.error}
          actions={{ 'choose-file': () => void slot.choose() }}
          onClose={() => slot.complain(null)}
        />
      )}
      {slot.takenOf > 0 && (
        <Alert role="status" type="info" showIcon title={t('pdf.tookFirst', { count: slot.takenOf })} />
      )}
      {notice}
      {children}
    </section>
  );
}

function CardTab({ template }: { readonly template: Template | undefined }) {
  const { t } = useTranslation();
  const { fields } = useReading();
  if (!template) return <p className="pane-note">{t('documents.card.noTemplate')}</p>;
  return (
    <div className="card-place">
      <CardPreview template={template} content={fields} />
      <p className="card-note">{t('documents.card.note')}</p>
    </div>
  );
}

/** The invoice's papers beside its form: its PDF, other proof, and the card that the customer will see. */
export function DocumentsPane(props: {
  readonly slots: Readonly<Record<DocumentKind, PdfSlot>>;
  readonly template: Template | undefined;
  readonly readOnly: boolean;
  readonly shown: string;
  readonly onShow: (tab: string) => void;
}) {
  const { slots, template, readOnly, shown, onShow } = props;
  const { t } = useTranslation();
  const slotTab = (kind: DocumentKind) => ({
    key: kind,
    label: t(`documents.${kind}.tab`),
    children: (
      <DropTarget
        label={t(`documents.${kind}.tab`)}
        slot={slots[kind]}
        readOnly={readOnly}
        notice={kind === 'invoice' && <PdfNotice />}
      >
        {slots[kind].pdf && kind === 'invoice' ? (
          <InvoiceSlot pdf={slots[kind].pdf} slot={slots[kind]} readOnly={readOnly} />
        ) : slots[kind].pdf ? (
          <FilledSlot pdf={slots[kind].pdf} slot={slots[kind]} readOnly={readOnly} />
        ) : (
          <EmptySlot slot={slots[kind]} kind={kind} />
        )}
      </DropTarget>
    ),
  });
  return (
    <Tabs
      className="documents"
      size="small"
      activeKey={shown}
      onChange={onShow}
      items={[
        slotTab('invoice'),
        slotTab('trip'),
        { key: 'card', label: t('documents.card.tab'), children: <CardTab template={template} /> },
      ]}
    />
  );
}
