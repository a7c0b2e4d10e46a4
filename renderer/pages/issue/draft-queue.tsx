import { Alert, Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Invoice } from '../../../shared/contract/invoice-operations.ts';
import { useOperation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import type { PdfQueue } from './use-pdf-queue.ts';

/** More are found on the page of records. */
const mostListed = 100;

const nameOf = ({ id, fields, pdf }: Invoice) =>
  [fields.title || fields.orderId || fields.billingNo, pdf?.fileName].filter(Boolean).join(' · ') || `#${id}`;

/** The account's other drafts, those made of a drop of several PDFs among them, and the way to the next one. */
export function DraftQueue(props: {
  readonly accountId: number;
  readonly invoiceId: number | undefined;
  readonly queue: PdfQueue;
}) {
  const { accountId, invoiceId, queue } = props;
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const reading = useOperation('invoice.list', { accountId, state: 'draft', limit: mostListed });
  // Oldest first: the order in which they were dropped.
  const drafts = (reading.data?.invoices ?? [])
    .filter(({ id, batchId }) => id !== invoiceId && batchId === null)
    .toReversed();
  const next = drafts.find(({ id }) => invoiceId === undefined || id > invoiceId) ?? drafts[0];
  const open = (id: number) => navigate(`/issue/${id}`);
  return (
    <>
      {queue.made > 0 && (
        <Alert
          role="status"
          type="info"
          showIcon
          title={t('issue.queued', { count: queue.made })}
          closable={{ 'aria-label': t('errorAction.close'), onClose: queue.clear }}
        />
      )}
      {queue.errors.map((error) => (
        <ErrorNotice key={`${error.code} ${String(error.details['file'])}`} error={error} onClose={queue.clear} />
      ))}
      {next && (
        <div className="draft-queue">
          <Select<number | null>
            className="draft-choice"
            aria-label={t('issue.drafts', { count: drafts.length })}
            placeholder={t('issue.drafts', { count: drafts.length })}
            value={null}
            onChange={(id) => id !== null && open(id)}
            options={drafts.map((draft) => ({ value: draft.id, label: nameOf(draft) }))}
          />
          <Button onClick={() => open(next.id)}>{t('issue.nextDraft')}</Button>
        </div>
      )}
    </>
  );
}
