import { CheckCircleFilled, QuestionCircleFilled } from '@ant-design/icons';
import { Button, Input, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { formatBeijingInstant } from '../../shared/invoice/beijing-time.ts';
import { useLanguage } from '../i18n/i18n.ts';
import { CopyButton } from './copy-button.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { GroupedNumber } from './grouped-number.tsx';
import './outcome.css';
import { spinning } from './spinning.tsx';

/** The card's own facts: its code, whose it is, its order, and since when it is there. */
export function CardFacts({ invoice }: { readonly invoice: Invoice }) {
  const { t } = useTranslation();
  return (
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
          <dd>{formatBeijingInstant(invoice.issuedAt)}</dd>
        </>
      )}
    </dl>
  );
}

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
      <CardFacts invoice={invoice} />
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

/** What is not known: why, and what to do, in words. */
function Doubt({ invoice }: { readonly invoice: Invoice }) {
  const { t } = useTranslation();
  const { say } = useLanguage();
  if (invoice.doubtedAt !== null) return <p>{t('invoice.needsYou.doubtText')}</p>;
  return (
    <>
      <p>{invoice.error ? say(invoice.error.text) : t('outcome.unknownText')}</p>
      <p>{invoice.error ? say(invoice.error.nextStep) : t('outcome.unknownStep')}</p>
    </>
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
  const [asked, setAsked] = useState<Settlement['outcome'] | null>(null);
  const settle = (settlement: Settlement) => {
    setAsked(null);
    onSettle(settlement);
  };
  const title = invoice.doubtedAt === null ? t('outcome.unknownTitle') : t('invoice.needsYou.doubtTitle');
  return (
    <section className="outcome outcome-unknown" role="alert" aria-label={title}>
      <h2>
        <QuestionCircleFilled aria-hidden="true" /> {title}
      </h2>
      <Doubt invoice={invoice} />
      <div className="ways">
        <Button onClick={onAskAgain} loading={spinning(busy)} aria-describedby="way-ask-again">
          {t('outcome.askAgain')}
        </Button>
        <span id="way-ask-again">{t('invoice.needsYou.askAgain')}</span>
        <Button onClick={() => setAsked('found')} disabled={busy} aria-describedby="way-found">
          {t('outcome.found')}
        </Button>
        <span id="way-found">{t('invoice.needsYou.found')}</span>
        <Button onClick={() => setAsked('absent')} disabled={busy} aria-describedby="way-absent">
          {t('outcome.absent')}
        </Button>
        <span id="way-absent">{t('invoice.needsYou.absent')}</span>
      </div>
      {error && error.code !== invoice.error?.code && (
        <ErrorNotice error={error} actions={{ 'ask-again': onAskAgain, retry: onAskAgain }} />
      )}
      <SettleDialog asked={asked} onSettle={settle} onCancel={() => setAsked(null)} />
    </section>
  );
}
