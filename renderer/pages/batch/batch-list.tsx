import { Button, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Batch } from '../../../shared/contract/batch-operations.ts';
import { formatBeijingDateTime } from '../../../shared/invoice/beijing-time.ts';
import { useOperation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { BatchState } from './batch-state.tsx';

/** The batches of an account, newest first. */
export function BatchList(props: { readonly accountId: number; readonly title: string }) {
  const { accountId, title } = props;
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const reading = useOperation('batch.list', { accountId });
  if (reading.error) return <ErrorNotice error={reading.error} actions={{ retry: () => void reading.refetch() }} />;
  if (!reading.data) return <Loading />;
  const { batches } = reading.data;
  if (batches.length === 0) return null;
  return (
    <section className="batch-list" aria-label={title}>
      <h2>{title}</h2>
      <Table<Batch>
        size="small"
        rowKey="id"
        dataSource={batches}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        columns={[
          {
            title: t('batch.list.source'),
            render: (_, { id, sourceName }) => (
              <Button
                type="link"
                className="batch-open"
                aria-label={t('batch.list.open', { name: sourceName })}
                onClick={() => navigate(`/batch/${id}`)}
              >
                {sourceName}
              </Button>
            ),
          },
          {
            title: t('batch.list.state'),
            render: (_, { state }) => <BatchState state={state} />,
          },
          {
            title: t('batch.list.result'),
            render: (_, { counts }) => {
              const needsYou = counts.unknown + counts.doubtful;
              return (
                <>
                  {t('batch.list.summary', { total: counts.total, issued: counts.issued + counts.already })}
                  {needsYou > 0 && (
                    <span className="batch-needs"> · {t('batch.list.needsYou', { count: needsYou })}</span>
                  )}
                </>
              );
            },
          },
          {
            title: t('batch.list.createdAt'),
            render: (_, { createdAt }) => formatBeijingDateTime(Math.floor(Date.parse(createdAt) / 1000)),
          },
        ]}
      />
    </section>
  );
}
