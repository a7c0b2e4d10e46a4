import { useQueryClient } from '@tanstack/react-query';
import { Button, Empty, Popconfirm, Table, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../../shared/contract/account-operations.ts';
import type { DecodedLink } from '../../../shared/contract/follow-up-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { formatBeijingDateTime } from '../../../shared/invoice/beijing-time.ts';
import { call } from '../../api/call.ts';
import { readAgain, useOperation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { CodeCell, InvoiceCell, TemplateCell } from './link-cells.tsx';

function ClearButton({ accountId }: { readonly accountId: number }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [error, setError] = useState<AppError | null>(null);
  const clear = async () => {
    const answer = await call('code.clearHistory', { accountId });
    setError(answer.ok ? null : answer.error);
    await readAgain(client, ['code.history']);
  };
  return (
    <>
      <Popconfirm
        title={t('decrypt.clearTitle')}
        okText={t('decrypt.clearYes')}
        cancelText={t('decrypt.clearNo')}
        okButtonProps={{ danger: true, autoFocus: true }}
        icon={null}
        placement="bottomRight"
        destroyOnHidden
        onConfirm={() => void clear()}
      >
        <Button size="small">{t('decrypt.clear')}</Button>
      </Popconfirm>
      {error && <ErrorNotice error={error} onClose={() => setError(null)} />}
    </>
  );
}

/** The links decoded last, kept until a person clears them. */
export function DecodedHistory(props: { readonly accountId: number; readonly templates: readonly Template[] }) {
  const { accountId, templates } = props;
  const { t } = useTranslation();
  const reading = useOperation('code.history', { accountId, limit: 100 });
  const links = reading.data?.links;
  const columns: TableProps<DecodedLink>['columns'] = [
    {
      title: t('decrypt.column.time'),
      key: 'time',
      width: '22%',
      render: (_, { decodedAt }) => (
        <span className="decrypt-time">{formatBeijingDateTime(Math.floor(Date.parse(decodedAt) / 1000))}</span>
      ),
    },
    { title: t('decrypt.column.code'), key: 'code', render: (_, { code }) => <CodeCell code={code} /> },
    {
      title: t('decrypt.column.template'),
      key: 'template',
      width: '22%',
      render: (_, { cardId }) => <TemplateCell cardId={cardId} templates={templates} />,
    },
    {
      title: t('decrypt.column.invoice'),
      key: 'invoice',
      width: '22%',
      render: (_, { invoiceId }) => <InvoiceCell invoiceId={invoiceId} />,
    },
  ];
  return (
    <section aria-labelledby="decrypt-history">
      <div className="decrypt-head">
        <h2 id="decrypt-history">{t('decrypt.history')}</h2>
        {links && links.length > 0 && <ClearButton accountId={accountId} />}
      </div>
      {reading.error && <ErrorNotice error={reading.error} actions={{ retry: () => void reading.refetch() }} />}
      {!links && !reading.error && <Loading />}
      {links?.length === 0 && <Empty description={t('decrypt.historyEmpty')} />}
      {links && links.length > 0 && (
        <Table<DecodedLink>
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={links}
          tableLayout="fixed"
          pagination={links.length > 20 ? { pageSize: 20, showSizeChanger: false, size: 'small' } : false}
        />
      )}
    </section>
  );
}
