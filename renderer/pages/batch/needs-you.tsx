import { Alert, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchDecisions } from './use-batch.ts';

type Outcome = 'found' | 'absent';

/** Confirms by the count, typed: this decides about many invoices at once and cannot be taken back. */
function SettleDialog(props: {
  readonly outcome: Outcome | null;
  readonly count: number;
  readonly onSettle: (outcome: Outcome) => void;
  readonly onClose: () => void;
}) {
  const { outcome, count, onSettle, onClose } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const fits = typed.trim() === String(count);
  const settle = () => {
    if (outcome && fits) onSettle(outcome);
  };
  return (
    <Modal
      open={outcome !== null}
      title={outcome && t(`batch.needsYou.${outcome}Title`, { count })}
      okText={t('batch.needsYou.yes')}
      cancelText={t('batch.needsYou.no')}
      okButtonProps={{ disabled: !fits }}
      onOk={settle}
      onCancel={onClose}
      afterClose={() => setTyped('')}
      destroyOnHidden
    >
      <p className="lead">{outcome && t(`batch.needsYou.${outcome}Text`)}</p>
      <div className="batch-typed">
        <label htmlFor="settle-count">{t('batch.needsYou.type', { count })}</label>
        <Input
          id="settle-count"
          autoFocus
          inputMode="numeric"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onPressEnter={settle}
        />
      </div>
    </Modal>
  );
}

/** Invoices of which only a person, or WeChat asked again, can say what became of them. */
export function NeedsYou(props: {
  readonly count: number;
  readonly running: boolean;
  readonly decisions: BatchDecisions;
}) {
  const { count, running, decisions } = props;
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  if (count === 0) return null;
  return (
    <>
      <Alert
        type="warning"
        showIcon
        title={t('batch.needsYou.title', { count })}
        description={
          <>
            <p>{t('batch.needsYou.text')}</p>
            <div className="error-tools">
              <Button size="small" disabled={running} onClick={() => void decisions.askAgain()}>
                {t('batch.needsYou.askAgain')}
              </Button>
              <Button size="small" disabled={running} onClick={() => setOutcome('found')}>
                {t('batch.needsYou.found')}
              </Button>
              <Button size="small" disabled={running} onClick={() => setOutcome('absent')}>
                {t('batch.needsYou.absent')}
              </Button>
            </div>
          </>
        }
      />
      <SettleDialog
        outcome={outcome}
        count={count}
        onSettle={(chosen) => {
          setOutcome(null);
          void decisions.settle(chosen, count);
        }}
        onClose={() => setOutcome(null)}
      />
    </>
  );
}
