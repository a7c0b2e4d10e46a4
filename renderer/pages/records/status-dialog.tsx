import { CheckCircleFilled } from '@ant-design/icons';
import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { RecordRow } from '../../../shared/contract/record-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { toHalfWidth } from '../../../shared/invoice/money.ts';
import {
  isFinalReimburseStatus,
  type ReimburseStatus,
  reimburseStatuses,
  reimburseStatusLabels,
} from '../../../shared/wechat/reimburse-status.ts';
import { call } from '../../api/call.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { spinning } from '../../components/spinning.tsx';
import { useLanguage } from '../../i18n/i18n.ts';

type Outcome = OutputOf<'invoice.updateStatusMany'>;

/** What became of each; those that were not updated say why. */
function OutcomeList({ outcome, rows }: { readonly outcome: Outcome; readonly rows: readonly RecordRow[] }) {
  const { t } = useTranslation();
  const { say } = useLanguage();
  const { updated, failed } = outcome;
  const numberOf = (id: number) => {
    const row = rows.find((one) => one.id === id);
    return row?.billingNo || row?.orderId || String(id);
  };
  return (
    <div className="status-outcome" role="status">
      <p className="status-outcome-line">
        <CheckCircleFilled aria-hidden="true" />
        {failed === 0 ? t('records.statusDone', { updated }) : t('records.statusPartly', { updated, failed })}
      </p>
      {failed > 0 && (
        <>
          <h3>{t('records.statusFailed')}</h3>
          <ul className="status-failures">
            {outcome.results.map(
              ({ invoiceId, error }) =>
                error && (
                  <li key={invoiceId}>
                    <strong>{t('records.statusNumber', { number: numberOf(invoiceId) })}</strong>
                    <span>{say(error.text)}</span>
                    <span className="lead">{say(error.nextStep)}</span>
                  </li>
                ),
            )}
          </ul>
        </>
      )}
    </div>
  );
}

function useUpdate(rows: readonly RecordRow[], onDone: () => void) {
  const [outcome, setOutcome] = useState<Outcome>();
  const [error, setError] = useState<AppError>();
  const [isBusy, setBusy] = useState(false);
  const update = async (status: ReimburseStatus, confirmedCount: number | undefined) => {
    setBusy(true);
    setError(undefined);
    const answer = await call('invoice.updateStatusMany', {
      invoiceIds: rows.map(({ id }) => id),
      status,
      ...(confirmedCount === undefined ? {} : { confirmedCount }),
    });
    setBusy(false);
    if (!answer.ok) return setError(answer.error);
    setOutcome(answer.value);
    onDone();
  };
  return { outcome, error, isBusy, update };
}

function Dialog(props: {
  readonly rows: readonly RecordRow[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { rows, onDone, onClose } = props;
  const { t } = useTranslation();
  const { say } = useLanguage();
  const [status, setStatus] = useState<ReimburseStatus | null>(null);
  const [typed, setTyped] = useState('');
  const { outcome, error, isBusy, update } = useUpdate(rows, onDone);
  const count = rows.length;
  const isFinal = status !== null && isFinalReimburseStatus(status);
  const isConfirmed = !isFinal || toHalfWidth(typed).trim() === String(count);
  const go = () => {
    if (status !== null && isConfirmed && !isBusy) void update(status, isFinal ? count : undefined);
  };
  return (
    <Modal
      open
      title={t('records.statusTitle', { count })}
      okText={outcome ? t('records.close') : t('records.statusGo')}
      cancelText={t('records.cancel')}
      okButtonProps={{
        disabled: !outcome && (status === null || !isConfirmed),
        danger: isFinal && !outcome,
        loading: spinning(isBusy),
      }}
      {...(outcome ? { cancelButtonProps: { className: 'is-gone' } } : {})}
      onOk={outcome ? onClose : go}
      onCancel={onClose}
      mask={{ closable: !isBusy }}
      width={520}
    >
      {outcome ? (
        <OutcomeList outcome={outcome} rows={rows} />
      ) : (
        <div className="status-form">
          <p className="lead">{t('records.statusText')}</p>
          {error && <ErrorNotice error={error} />}
          <Field id="new-status" label={t('records.statusNew')}>
            <Select<ReimburseStatus>
              id="new-status"
              autoFocus
              value={status}
              options={reimburseStatuses.map((value) => ({ value, label: say(reimburseStatusLabels[value]) }))}
              onChange={setStatus}
            />
          </Field>
          {isFinal && (
            <>
              <p className="note note-warning">
                {t('records.statusFinal', { status: say(reimburseStatusLabels[status]), count })}
              </p>
              <Field id="status-count" label={t('records.statusCount')}>
                <Input
                  id="status-count"
                  inputMode="numeric"
                  autoComplete="off"
                  value={typed}
                  onChange={({ target }) => setTyped(target.value)}
                  onPressEnter={go}
                />
              </Field>
            </>
          )}
        </div>
      )}
    </Modal>
  );
}

/** Sets one status for all that are selected; what cannot be taken back is confirmed by typing how many they are. */
export function StatusDialog(props: {
  readonly rows: readonly RecordRow[] | null;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { rows, ...others } = props;
  return rows && <Dialog rows={rows} {...others} />;
}
