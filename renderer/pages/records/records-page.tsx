import { Button, Empty, Segmented, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { Invoice } from '../../../shared/contract/invoice-operations.ts';
import { formatBeijingDate } from '../../../shared/invoice/beijing-time.ts';
import { formatYuan } from '../../../shared/invoice/money.ts';
import { type InvoiceState, invoiceStateLabels, invoiceStates } from '../../../shared/invoice/state.ts';
import { useOperation } from '../../api/queries.ts';
import { AccountNeeded } from '../../app/account-needed.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { GroupedNumber } from '../../components/grouped-number.tsx';
import { ReimburseTag, StateTag } from '../../components/status-tag.tsx';
import { useLanguage } from '../../i18n/i18n.ts';
import './records.css';

const pageSize = 50;

function useColumns(): TableColumnsType<Invoice> {
  const { t } = useTranslation();
  return [
    {
      key: 'number',
      title: t('records.column.number'),
      render: (_, { id, fields }) => (
        <Link
          className="text-link"
          href={`/invoice/${id}`}
          aria-label={t('records.open', { number: fields.billingNo || t('records.noNumber') })}
        >
          {fields.billingNo ? <GroupedNumber digits={fields.billingNo} /> : t('records.noNumber')}
        </Link>
      ),
    },
    {
      key: 'date',
      title: t('records.column.date'),
      className: 'digits',
      render: (_, { fields }) => (fields.billingTime > 0 ? formatBeijingDate(fields.billingTime) : '—'),
    },
    { key: 'title', title: t('records.column.title'), render: (_, { fields }) => fields.title || '—' },
    { key: 'order', title: t('records.column.order'), render: (_, { fields }) => fields.orderId || '—' },
    {
      key: 'fee',
      title: t('records.column.fee'),
      align: 'end',
      className: 'digits',
      render: (_, { fields }) => formatYuan(fields.feeFen, { symbol: true }),
    },
    { key: 'state', title: t('records.column.state'), render: (_, { state }) => <StateTag state={state} /> },
    {
      key: 'status',
      title: t('records.column.status'),
      render: (_, { state, reimburseStatus }) => (state === 'issued' ? <ReimburseTag status={reimburseStatus} /> : '—'),
    },
  ];
}

function StateFilter({
  state,
  total,
}: {
  readonly state: InvoiceState | undefined;
  readonly total: number | undefined;
}) {
  const { t } = useTranslation();
  const { say } = useLanguage();
  const [, navigate] = useLocation();
  return (
    <div className="records-head">
      <Segmented<InvoiceState | 'all'>
        aria-label={t('records.filter')}
        value={state ?? 'all'}
        onChange={(chosen) => navigate(chosen === 'all' ? '/records' : `/records/${chosen}`)}
        options={[
          { value: 'all', label: t('records.all') },
          ...invoiceStates.map((value) => ({ value, label: say(invoiceStateLabels[value]) })),
        ]}
      />
      {total !== undefined && <span className="records-count">{t('records.count', { count: total })}</span>}
    </div>
  );
}

function NothingHere({ state }: { readonly state: InvoiceState | undefined }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <Empty className="page-empty" description={t(state ? 'records.emptyFiltered' : 'records.empty')}>
      <Button type={state ? 'default' : 'primary'} onClick={() => navigate(state ? '/records' : '/issue')}>
        {t(state ? 'records.showAll' : 'records.issue')}
      </Button>
    </Empty>
  );
}

function RecordList({ account, state }: { readonly account: Account; readonly state: InvoiceState | undefined }) {
  const { t } = useTranslation();
  /** The last invoice of each page before the one that is shown. */
  const [passed, setPassed] = useState<readonly number[]>([]);
  const beforeId = passed.at(-1);
  const reading = useOperation('invoice.list', {
    accountId: account.id,
    ...(state ? { state } : {}),
    ...(beforeId === undefined ? {} : { beforeId }),
    limit: pageSize,
  });
  const columns = useColumns();
  const invoices = reading.data?.invoices ?? [];
  const last = invoices.at(-1);
  const isLastPage = passed.length * pageSize + invoices.length >= (reading.data?.total ?? 0);
  return (
    <div className="records">
      <StateFilter state={state} total={reading.data?.total} />
      {reading.error && <ErrorNotice error={reading.error} actions={{ retry: () => void reading.refetch() }} />}
      {reading.data?.total === 0 ? (
        <NothingHere state={state} />
      ) : (
        <Table<Invoice>
          aria-label={t('records.table')}
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={invoices}
          loading={reading.isPending}
          pagination={false}
        />
      )}
      {(passed.length > 0 || !isLastPage) && (
        <div className="records-pages">
          <Button disabled={passed.length === 0} onClick={() => setPassed(passed.slice(0, -1))}>
            {t('records.previous')}
          </Button>
          <Button disabled={isLastPage || !last} onClick={() => last && setPassed([...passed, last.id])}>
            {t('records.next')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The invoices of an account, newest first. */
export function RecordsPage() {
  const { t } = useTranslation();
  const { state: named } = useParams<{ readonly state?: string }>();
  const state = invoiceStates.find((one) => one === named);
  return (
    <AccountNeeded reason={t('records.noAccount')}>
      {(account) => <RecordList key={`${account.id} ${state}`} account={account} state={state} />}
    </AccountNeeded>
  );
}
