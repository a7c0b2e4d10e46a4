import { CheckCircleFilled, QuestionCircleFilled } from '@ant-design/icons';
import { Button, Input, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { formatBeijingDateTime } from '../../shared/invoice/beijing-time.ts';
import { useLanguage } from '../i18n/i18n.ts';
import { CopyButton } from './copy-button.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { GroupedNumber } from './grouped-number.tsx';
import { spinning } from './spinning.tsx';

/** The card is in the customer's hands: its code, and whose it is. */
export function IssuedPanel({ invoice }: { readonly invoice: Invoice }) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="outcome outcome-issued" aria-label={t('outcome.issuedTitle')}>
      <h2 ref={heading} tabIndex={-1}>
        <CheckCircleFilled aria-hidden="true" /> {t('outcome.issuedTitle')}
      </h2>
      <p>{t('outcome.issuedText')}</p>
      <dl className="facts">
        <dt>{t('outcome.cardCode')}</dt>
        <dd>
          {invoice.cardCode ? (
            <>
              <strong className="card-code">
                <GroupedNumber digits={invoice.cardCode} />
              </strong>
              <CopyButton text={invoice.cardCode} what={t('outcome.cardCode')} />
            </>
          ) : (
            t('outcome.codeUnknown')
          )}
        </dd>
        {invoice.openid && (
          <>
            <dt>{t('outcome.openid')}</dt>
            <dd>
              <span className="openid">{invoice.openid}</span>
              <CopyButton text={invoice.openid} what={t('outcome.openid')} />
            </dd>
          </>
        )}
        <dt>{t('field.orderId')}</dt>
        <dd>{invoice.fields.orderId}</dd>
        {invoice.issuedAt && (
          <>
            <dt>{t('outcome.issuedAt')}</dt>
            <dd>{formatBeijingDateTime(Math.floor(Date.parse(invoice.issuedAt) / 1000))}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

export type Settlement = { readonly outcome: 'found'; readonly cardCode?: string } | { readonly outcome: 'absent' };

function SettleDialog(props: {
  readonly asked: Settlement['outcome'] | null;
  readonly onSettle: (settlement: Settlement) => void;
  readonly onCancel: () => void;
}) {
  const { asked, onSettle, onCancel } = props;
  const { t } = useTranslation();
  const [cardCode, setCardCode] = useState('');
  const plain = cardCode.replaceAll(/\s/g, '');
  const settle = () => {
    if (asked === 'absent') onSettle({ outcome: 'absent' });
    if (asked === 'found') onSettle({ outcome: 'found', ...(plain ? { cardCode: plain } : {}) });
  };
  return (
    <Modal
      open={asked !== null}
      title={t(`outcome.settle.${asked ?? 'found'}.title`)}
      okText={t(`outcome.settle.${asked ?? 'found'}.yes`)}
      cancelText={t('confirm.no')}
      onOk={settle}
      onCancel={onCancel}
      {...(asked === 'absent' ? { okButtonProps: { danger: true } } : {})}
    >
      <p>{t(`outcome.settle.${asked ?? 'found'}.text`)}</p>
      {asked === 'found' && (
        <div className="field">
          <label htmlFor="settle-code">{t('outcome.settle.code')}</label>
          <Input
            id="settle-code"
            value={cardCode}
            autoComplete="off"
            maxLength={64}
            onChange={({ target }) => setCardCode(target.value)}
          />
        </div>
      )}
    </Modal>
  );
}

/** Nobody knows whether the card arrived; a person decides how to find out. */
export function UnknownPanel(props: {
  readonly invoice: Invoice;
  readonly busy: boolean;
  readonly error: AppError | null;
  readonly onAskAgain: () => void;
  readonly onSettle: (settlement: Settlement) => void;
}) {
  const { invoice, busy, error, onAskAgain, onSettle } = props;
  const { t } = useTranslation();
  const { say } = useLanguage();
  const [asked, setAsked] = useState<Settlement['outcome'] | null>(null);
  const settle = (settlement: Settlement) => {
    setAsked(null);
    onSettle(settlement);
  };
  return (
    <section className="outcome outcome-unknown" role="alert" aria-label={t('outcome.unknownTitle')}>
      <h2>
        <QuestionCircleFilled aria-hidden="true" /> {t('outcome.unknownTitle')}
      </h2>
      <p>{invoice.error ? say(invoice.error.text) : t('outcome.unknownText')}</p>
      <p>{invoice.error ? say(invoice.error.nextStep) : t('outcome.unknownStep')}</p>
      <div className="outcome-actions">
        <Button onClick={onAskAgain} loading={spinning(busy)}>
          {t('outcome.askAgain')}
        </Button>
        <Button onClick={() => setAsked('found')} disabled={busy}>
          {t('outcome.found')}
        </Button>
        <Button onClick={() => setAsked('absent')} disabled={busy}>
          {t('outcome.absent')}
        </Button>
      </div>
      {error && error.code !== invoice.error?.code && (
        <ErrorNotice error={error} actions={{ 'ask-again': onAskAgain, retry: onAskAgain }} />
      )}
      <SettleDialog asked={asked} onSettle={settle} onCancel={() => setAsked(null)} />
    </section>
  );
}
