import { DisconnectOutlined } from '@ant-design/icons';
import { Button, Empty, Table, type TableProps, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { StatusEvent } from '../../../shared/contract/invoice-operations.ts';
import { formatBeijingDateTime } from '../../../shared/invoice/beijing-time.ts';
import { useOperation } from '../../api/queries.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { GroupedNumber } from '../../components/grouped-number.tsx';
import { Loading } from '../../components/loading.tsx';
import { ReimburseTag } from '../../components/status-tag.tsx';
import { type EventFilter, EventFilters, filterRequest, noFilter } from './event-filters.tsx';
import { useArrived } from './use-arrived.ts';

const pageSize = 50;

function StatusCell({ event: { status, event, orderId } }: { readonly event: StatusEvent }) {
  const { t } = useTranslation();
  if (orderId !== '') return <span>{t('feed.orderDecided')}</span>;
  return status === '' ? (
    <span className="feed-quiet">{t('feed.otherEvent', { event })}</span>
  ) : (
    <ReimburseTag status={status} />
  );
}

function CodeCell({ code }: { readonly code: string }) {
  const { t } = useTranslation();
  if (code === '') return <span className="feed-quiet">{t('feed.noCode')}</span>;
  return (
    <span className="feed-code">
      <GroupedNumber digits={code} />
      <CopyButton text={code} what={t('feed.column.code')} />
    </span>
  );
}

/** The invoice or the order of an event, or a mark where its card is no invoice's. */
function InvoiceCell({ event: { invoiceId, code, orderId } }: { readonly event: StatusEvent }) {
  const { t } = useTranslation();
  if (orderId !== '')
    return (
      <Link className="text-link" href="/orders">
        {t('feed.openOrder', { orderId })}
      </Link>
    );
  if (invoiceId !== null)
    return (
      <Link className="text-link" href={`/invoice/${invoiceId}`}>
        {t('feed.openInvoice', { id: invoiceId })}
      </Link>
    );
  if (code === '') return <span className="feed-quiet">{t('feed.noCode')}</span>;
  return (
    <Tag color="warning" icon={<DisconnectOutlined aria-hidden="true" />}>
      {t('feed.unknownCode')}
    </Tag>
  );
}

function SourceCell({ event: { source, authenticated } }: { readonly event: StatusEvent }) {
  const { t } = useTranslation();
  return (
    <>
      {t(`feed.${source}`)}
      {source === 'push' && !authenticated && <span className="feed-unsigned">{t('feed.unsigned')}</span>}
    </>
  );
}

function useColumns(): NonNullable<TableProps<StatusEvent>['columns']> {
  const { t } = useTranslation();
  return [
    {
      title: t('feed.column.time'),
      key: 'time',
      width: '20%',
      render: (_, { createTime }) => <span className="feed-code">{formatBeijingDateTime(createTime)}</span>,
    },
    { title: t('feed.column.status'), key: 'status', render: (_, event) => <StatusCell event={event} /> },
    { title: t('feed.column.code'), key: 'code', width: '20%', render: (_, { code }) => <CodeCell code={code} /> },
    {
      title: t('feed.column.invoice'),
      key: 'invoice',
      width: '20%',
      render: (_, event) => <InvoiceCell event={event} />,
    },
    {
      title: t('feed.column.source'),
      key: 'source',
      width: '16%',
      render: (_, event) => <SourceCell event={event} />,
    },
  ];
}

/** The pages that were gone through, by the last event of the one before. */
function usePaging() {
  const [passed, setPassed] = useState<readonly number[]>([]);
  return {
    beforeId: passed.at(-1),
    older: (lastId: number) => setPassed((ids) => [...ids, lastId]),
    newer: () => setPassed((ids) => ids.slice(0, -1)),
  };
}

interface PagesProps {
  readonly account: Account | undefined;
  readonly filter: EventFilter;
  readonly onClear: () => void;
}

function NothingListed({ filter, onClear }: Pick<PagesProps, 'filter' | 'onClear'>) {
  const { t } = useTranslation();
  if (Object.keys(filterRequest(filter)).length === 0) return <Empty description={t('feed.empty')} />;
  return (
    <Empty description={t('feed.filter.none')}>
      <Button onClick={onClear}>{t('feed.filter.clear')}</Button>
    </Empty>
  );
}

/** The events that fit, the newest first, a page at a time. */
function EventPages({ account, filter, onClear }: PagesProps) {
  const { t } = useTranslation();
  const columns = useColumns();
  const { beforeId, older, newer } = usePaging();
  const reading = useOperation('event.list', {
    ...(account ? { accountId: account.id } : {}),
    ...(beforeId === undefined ? {} : { beforeId }),
    ...filterRequest(filter),
    limit: pageSize,
  });
  const events = reading.data?.events;
  const arrived = useArrived(events, beforeId === undefined);
  const last = events?.length === pageSize ? events.at(-1) : undefined;
  return (
    <>
      <p className="only-read-aloud" aria-live="polite">
        {arrived.size > 0 && t('feed.arrived', { count: arrived.size })}
      </p>
      {reading.error && <ErrorNotice error={reading.error} actions={{ retry: () => void reading.refetch() }} />}
      {!events && !reading.error && <Loading />}
      {events?.length === 0 && beforeId === undefined && <NothingListed filter={filter} onClear={onClear} />}
      {events && events.length > 0 && (
        <Table<StatusEvent>
          size="small"
          rowKey="id"
          rowClassName={({ id }) => (arrived.has(id) ? 'feed-arrived' : '')}
          columns={columns}
          dataSource={events}
          tableLayout="fixed"
          pagination={false}
        />
      )}
      {(last || beforeId !== undefined) && (
        <div className="feed-paging">
          <Button disabled={beforeId === undefined} onClick={newer}>
            {t('feed.newer')}
          </Button>
          <Button disabled={!last} onClick={() => last && older(last.id)}>
            {t('feed.older')}
          </Button>
        </div>
      )}
    </>
  );
}

/** Status events and the filters over them. */
export function EventTable({ account, tools }: { readonly account: Account | undefined; readonly tools: ReactNode }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState(noFilter);
  return (
    <section aria-labelledby="feed-events">
      <div className="feed-head">
        <h2 id="feed-events">{account ? t('feed.ofAccount', { name: account.name }) : t('feed.all')}</h2>
        {tools}
      </div>
      <EventFilters filter={filter} onChange={setFilter} />
      <EventPages
        // Another filter begins at its newest event.
        key={JSON.stringify(filter)}
        account={account}
        filter={filter}
        onClear={() => setFilter(noFilter)}
      />
    </section>
  );
}
