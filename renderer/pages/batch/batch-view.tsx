import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { Batch, BatchCounts } from '../../../shared/contract/batch-operations.ts';
import { useOperation } from '../../api/queries.ts';
import { useAccounts } from '../../app/accounts.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { BatchRows } from './batch-rows.tsx';
import { BatchState } from './batch-state.tsx';
import { Counts } from './counts.tsx';
import { NeedsYou } from './needs-you.tsx';
import { ReportButtons } from './report-buttons.tsx';
import { RunPanel } from './run-panel.tsx';
import { useBatchDecisions, useBatchProgress } from './use-batch.ts';

const tones = {
  waiting: 'plain',
  issued: 'good',
  already: 'plain',
  rejected: 'bad',
  faulty: 'bad',
  unknown: 'warn',
  doubtful: 'warn',
  cancelled: 'plain',
} as const;

function BatchCountsLine({ counts }: { readonly counts: BatchCounts }) {
  const { t } = useTranslation();
  // Object.keys widens the keys of a literal to string.
  const states = Object.keys(tones) as (keyof typeof tones)[];
  const items = states
    .filter((state) => counts[state] > 0 || state === 'waiting' || state === 'issued')
    .map((state) => ({
      key: state,
      name: t(`batch.rowState.${state}`),
      count: counts[state],
      tone: counts[state] > 0 ? tones[state] : 'plain',
    }));
  return <Counts label={t('batch.check.counts')} items={items} />;
}

/** One batch: its run, what needs a person, its rows and its report. */
function OpenedBatch({ batch, account }: { readonly batch: Batch; readonly account: Account }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const progress = useBatchProgress(batch.id);
  const decisions = useBatchDecisions(batch.id);
  const running = progress ? progress.running : batch.state === 'running';
  // While it runs the events are newer than what was read; afterwards the database is.
  const counts = running && progress ? progress.counts : batch.counts;
  const error = decisions.error ?? (running ? null : batch.error);
  const state = running ? 'running' : batch.state;
  return (
    <div className="batch-view">
      <header className="batch-head">
        <Button type="text" icon={<ArrowLeftOutlined aria-hidden="true" />} onClick={() => navigate('/batch')}>
          {t('batch.view.back')}
        </Button>
        <h2 title={batch.sourceName}>{batch.sourceName}</h2>
        <BatchState state={state} />
      </header>
      <BatchCountsLine counts={counts} />
      {error && (
        <ErrorNotice
          error={error}
          actions={{ retry: () => void decisions.run(false) }}
          {...(decisions.error ? { onClose: decisions.clearError } : {})}
        />
      )}
      <NeedsYou count={counts.unknown + counts.doubtful} running={running} decisions={decisions} />
      <RunPanel
        batch={batch}
        account={account}
        counts={counts}
        running={running}
        progress={progress}
        decisions={decisions}
      />
      <BatchRows batchId={batch.id} />
      <ReportButtons batch={batch} />
    </div>
  );
}

/** The batch that the address names, under its own account only. */
export function BatchView(props: { readonly batchId: number; readonly account: Account }) {
  const { batchId, account } = props;
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { accounts, choose } = useAccounts();
  const reading = useOperation('batch.get', { batchId, withRows: false });
  if (reading.error)
    return (
      <div className="page-error">
        <ErrorNotice error={reading.error} actions={{ retry: () => void reading.refetch() }} />
        <Button onClick={() => navigate('/batch')}>{t('batch.view.back')}</Button>
      </div>
    );
  if (!reading.data) return <Loading />;
  const { batch } = reading.data;
  if (batch.accountId === account.id) return <OpenedBatch key={batch.id} batch={batch} account={account} />;
  const owner = accounts.find(({ id }) => id === batch.accountId);
  return (
    <div className="page-error">
      <p>{t('batch.view.otherAccount', { name: owner?.name ?? '—' })}</p>
      {owner && <Button onClick={() => void choose(owner.id)}>{t('batch.view.switchTo', { name: owner.name })}</Button>}
      <Button onClick={() => navigate('/batch')}>{t('batch.view.back')}</Button>
    </div>
  );
}
