import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons';
import { Button, Modal, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { Batch, BatchCounts } from '../../../shared/contract/batch-operations.ts';
import type { EventMap } from '../../../shared/contract/events.ts';
import { ConfirmRun } from './confirm-run.tsx';
import type { BatchDecisions } from './use-batch.ts';

function useTimeLeft(progress: EventMap['batch.progress'] | null): string | undefined {
  const { t } = useTranslation();
  const seconds = progress?.secondsLeft ?? null;
  if (seconds === null) return undefined;
  const time =
    seconds < 90
      ? t('batch.view.seconds', { count: seconds })
      : t('batch.view.minutes', { count: Math.round(seconds / 60) });
  return t('batch.view.left', { time });
}

function RunProgress(props: {
  readonly counts: BatchCounts;
  readonly running: boolean;
  readonly progress: EventMap['batch.progress'] | null;
}) {
  const { counts, running, progress } = props;
  const { t } = useTranslation();
  const left = useTimeLeft(progress);
  const toDo = counts.total - counts.faulty;
  const done = toDo - counts.waiting;
  const ended = toDo > 0 && counts.issued === toDo ? 'success' : 'normal';
  return (
    <div className="batch-progress">
      <Progress
        percent={toDo === 0 ? 0 : Math.floor((done / toDo) * 100)}
        status={running ? 'active' : ended}
        aria-label={t('batch.view.progress')}
      />
      <p className="lead">
        {t('batch.view.done', { done, total: toDo })}
        {running && progress && ` · ${t('batch.view.rate', { rate: progress.ratePerMinute })}`}
        {running && left && ` · ${left}`}
      </p>
    </div>
  );
}

function RunButtons(props: {
  readonly batch: Batch;
  readonly counts: BatchCounts;
  readonly running: boolean;
  readonly decisions: BatchDecisions;
  readonly onAsk: (ask: 'run' | 'retry' | 'cancel') => void;
}) {
  const { batch, counts, running, decisions, onAsk } = props;
  const { t } = useTranslation();
  const canCancel = counts.waiting > 0 && batch.state !== 'cancelled' && batch.state !== 'finished';
  return (
    <div className="batch-buttons">
      {canCancel && <Button onClick={() => onAsk('cancel')}>{t('batch.view.cancel')}</Button>}
      {running && (
        <Button
          icon={<PauseOutlined aria-hidden="true" />}
          disabled={decisions.pausing}
          onClick={() => void decisions.pause()}
        >
          {t(decisions.pausing ? 'batch.view.pausing' : 'batch.view.pause')}
        </Button>
      )}
      {!running && counts.rejected > 0 && batch.state !== 'cancelled' && (
        <Button onClick={() => onAsk('retry')}>{t('batch.view.retry', { count: counts.rejected })}</Button>
      )}
      {!running && counts.waiting > 0 && batch.state !== 'cancelled' && (
        <Button type="primary" icon={<CaretRightOutlined aria-hidden="true" />} onClick={() => onAsk('run')}>
          {t(batch.state === 'ready' ? 'batch.view.start' : 'batch.view.resume', { count: counts.waiting })}
        </Button>
      )}
    </div>
  );
}

/** The run of a batch: how far it is, and start, pause, resume, retry and cancel, each after its confirmation. */
export function RunPanel(props: {
  readonly batch: Batch;
  readonly account: Account;
  readonly counts: BatchCounts;
  readonly running: boolean;
  readonly progress: EventMap['batch.progress'] | null;
  readonly decisions: BatchDecisions;
}) {
  const { batch, account, counts, running, progress, decisions } = props;
  const { t } = useTranslation();
  const [asked, setAsked] = useState<'run' | 'retry' | 'cancel' | null>(null);
  const close = () => setAsked(null);
  const confirmRun = () => {
    close();
    void decisions.run(asked === 'retry');
  };
  return (
    <section className="batch-run" aria-label={t('batch.view.progress')}>
      <RunProgress counts={counts} running={running} progress={progress} />
      <RunButtons batch={batch} counts={counts} running={running} decisions={decisions} onAsk={setAsked} />
      <ConfirmRun
        open={asked === 'run' || asked === 'retry'}
        batch={batch}
        account={account}
        count={counts.waiting + (asked === 'retry' ? counts.rejected : 0)}
        onConfirm={confirmRun}
        onCancel={close}
      />
      <Modal
        open={asked === 'cancel'}
        title={t('batch.confirmCancel.title')}
        okText={t('batch.confirmCancel.yes')}
        cancelText={t('batch.confirmCancel.no')}
        okButtonProps={{ danger: true }}
        onOk={() => {
          close();
          void decisions.cancel();
        }}
        onCancel={close}
        destroyOnHidden
      >
        <p className="lead">{t('batch.confirmCancel.text', { count: counts.waiting })}</p>
      </Modal>
    </section>
  );
}
