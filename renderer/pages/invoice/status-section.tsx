import { QuestionCircleOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Invoice } from '../../../shared/contract/invoice-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { toHalfWidth } from '../../../shared/invoice/money.ts';
import {
  canSetReimburseStatus,
  type ReimburseStatus,
  reimburseStatuses,
} from '../../../shared/wechat/reimburse-status.ts';
import { call } from '../../api/call.ts';
import { rememberInvoice, useOperation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { GroupedNumber } from '../../components/grouped-number.tsx';
import { CardFacts } from '../../components/outcome.tsx';
import { spinning } from '../../components/spinning.tsx';
import { ReimburseTag } from '../../components/status-tag.tsx';

const finalStatuses = ['INVOICE_REIMBURSE_CLOSURE', 'INVOICE_REIMBURSE_CANCEL'] as const;
type FinalStatus = (typeof finalStatuses)[number];

interface Setting {
  readonly busy: ReimburseStatus | null;
  readonly error: AppError | null;
  /** Whether it was set. */
  readonly set: (status: ReimburseStatus, confirmedNumber?: string) => Promise<boolean>;
  readonly clear: () => void;
}

function useSetting({ id: invoiceId }: Invoice): Setting {
  const client = useQueryClient();
  const [busy, setBusy] = useState<ReimburseStatus | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const set = async (status: ReimburseStatus, confirmedNumber?: string) => {
    setBusy(status);
    setError(null);
    const confirmation = confirmedNumber === undefined ? {} : { confirmedNumber };
    const answer = await call('invoice.updateStatus', { invoiceId, status, ...confirmation });
    if (answer.ok) rememberInvoice(client, answer.value);
    else setError(answer.error);
    setBusy(null);
    return answer.ok;
  };
  return { busy, error, set, clear: () => setError(null) };
}

/** What cannot be taken back waits for the invoice's number. */
function FinalDialog(props: {
  readonly invoice: Invoice;
  readonly status: FinalStatus;
  readonly setting: Setting;
  readonly onClose: () => void;
}) {
  const { invoice, status, setting, onClose } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const { billingNo } = invoice.fields;
  const plain = toHalfWidth(typed).replaceAll(/\s/g, '');
  const confirm = async () => {
    if (plain === billingNo && (await setting.set(status, plain))) onClose();
  };
  return (
    <Modal
      open
      title={t(`invoice.status.confirm.${status}.title`)}
      okText={t(`invoice.status.confirm.${status}.yes`)}
      cancelText={t('invoice.status.no')}
      okButtonProps={{ danger: true, disabled: plain !== billingNo, loading: spinning(setting.busy !== null) }}
      onOk={() => void confirm()}
      onCancel={onClose}
    >
      <p>{t(`invoice.status.confirm.${status}.text`)}</p>
      <p className="invoice-number-to-type">
        <GroupedNumber digits={billingNo} />
      </p>
      <div className="field">
        <label htmlFor="confirmed-number">{t('invoice.status.number')}</label>
        <Input
          id="confirmed-number"
          autoFocus
          autoComplete="off"
          maxLength={60}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onPressEnter={() => void confirm()}
        />
      </div>
      {setting.error && <ErrorNotice error={setting.error} />}
    </Modal>
  );
}

function Moves({
  invoice,
  setting,
  onFinal,
}: {
  invoice: Invoice;
  setting: Setting;
  onFinal: (to: FinalStatus) => void;
}) {
  const { t } = useTranslation();
  const moves = reimburseStatuses.filter(
    (status) => status !== invoice.reimburseStatus && canSetReimburseStatus(invoice.reimburseStatus, status),
  );
  if (moves.length === 0) return <p className="invoice-quiet">{t('invoice.status.isFinal')}</p>;
  if (invoice.cardCode === null) return <p className="invoice-quiet">{t('invoice.status.needsCode')}</p>;
  const choose = (status: ReimburseStatus) => {
    const final = finalStatuses.find((one) => one === status);
    if (final) onFinal(final);
    else void setting.set(status);
  };
  return (
    <div className="invoice-moves">
      {moves.map((status) => (
        <Button
          key={status}
          danger={status === 'INVOICE_REIMBURSE_CANCEL'}
          disabled={setting.busy !== null && setting.busy !== status}
          loading={spinning(setting.busy === status)}
          onClick={() => choose(status)}
        >
          {t(`invoice.status.to.${status}`)}
        </Button>
      ))}
    </div>
  );
}

/** An issuer cannot ask WeChat for it: it comes by push or not at all. */
function NotKnown() {
  const { t } = useTranslation();
  return (
    <p className="invoice-not-known">
      <QuestionCircleOutlined aria-hidden="true" /> <strong>{t('invoice.status.notKnown')}</strong>{' '}
      {t('invoice.status.notKnownWhy')}{' '}
      <Link className="text-link" href="/settings/relay">
        {t('invoice.status.toRelay')}
      </Link>
    </p>
  );
}

/** The card of an issued invoice: code and customer to copy, and its reimbursement status with the moves it allows. */
export function CardSection({ invoice }: { readonly invoice: Invoice }) {
  const { t } = useTranslation();
  const setting = useSetting(invoice);
  const [asked, setAsked] = useState<FinalStatus | null>(null);
  const relays = useOperation('relay.list', {}).data?.relays;
  const withoutRelay = relays?.some(({ accountId }) => accountId === invoice.accountId) === false;
  const ask = (status: FinalStatus) => {
    setting.clear();
    setAsked(status);
  };
  return (
    <section className="invoice-card" aria-labelledby="invoice-card">
      <h3 id="invoice-card">{t('invoice.section.card')}</h3>
      <CardFacts invoice={invoice} />
      <h3 id="invoice-status">{t('invoice.section.status')}</h3>
      <fieldset className="invoice-status" aria-labelledby="invoice-status">
        {invoice.reimburseStatus === null && withoutRelay ? (
          <NotKnown />
        ) : (
          <ReimburseTag status={invoice.reimburseStatus} />
        )}
        <Moves invoice={invoice} setting={setting} onFinal={ask} />
      </fieldset>
      {setting.error && !asked && <ErrorNotice error={setting.error} onClose={setting.clear} />}
      {asked && <FinalDialog invoice={invoice} status={asked} setting={setting} onClose={() => setAsked(null)} />}
    </section>
  );
}
