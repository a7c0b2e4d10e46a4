import { CheckCircleFilled, CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useDeferredValue } from 'react';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Order } from '../../../shared/contract/order-operations.ts';
import { formatBeijingInstant } from '../../../shared/invoice/beijing-time.ts';
import { formatYuan, parseYuan } from '../../../shared/invoice/money.ts';
import { useOperation } from '../../api/queries.ts';
import { useStep } from '../../api/use-step.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { spinning } from '../../components/spinning.tsx';
import { useFormAccess } from './form-context.tsx';
import { buyerNames, buyerOf } from './order-says.ts';
import { useBuyerFields } from './use-buyer-fields.ts';

const longestOrder = 64;

type Tone = 'good' | 'warning' | 'fault';
const icons = { good: CheckCircleFilled, warning: WarningFilled, fault: CloseCircleFilled } as const;

function Note({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  const Icon = icons[tone];
  return (
    <div className={`note note-${tone} order-note`}>
      <Icon aria-hidden="true" />
      <div>{children}</div>
    </div>
  );
}

/** That it can be issued, what differs from what the customer said, and the way to take that over. */
function Authorised({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  const { control } = useFormAccess();
  const fields = useBuyerFields();
  const fee = parseYuan(useWatch({ control, name: 'fee' }));
  const said = buyerOf(order.title);
  const differing = buyerNames.filter((name) => said[name] !== undefined && said[name] !== fields[name].value.trim());
  const take = () => {
    for (const name of differing) fields[name].onChange(said[name]);
  };
  return (
    <>
      {order.authorisedAt && (
        <Note tone="good">{t('orders.issue.authorised', { time: formatBeijingInstant(order.authorisedAt) })}</Note>
      )}
      {fee !== undefined && fee !== order.moneyFen && (
        <Note tone="warning">
          {t('orders.issue.amountDiffers', { amount: formatYuan(order.moneyFen, { symbol: true }) })}
        </Note>
      )}
      {differing.length > 0 && (
        <Note tone="warning">
          {differing.includes('title')
            ? t('orders.issue.titleDiffers', { title: said.title })
            : t('orders.issue.factsDiffer')}{' '}
          <Button size="small" onClick={take}>
            {t('orders.issue.take')}
          </Button>
        </Note>
      )}
    </>
  );
}

const waitingWords = {
  'no-link': 'orders.issue.noLink',
  waiting: 'orders.issue.waiting',
  failed: 'orders.issue.failed',
  dismissed: 'orders.issue.dismissed',
} as const;

/** That the customer has not authorised, and the ways to change that. */
function NotYet({ order, stage }: { readonly order: Order; readonly stage: keyof typeof waitingWords }) {
  const { t } = useTranslation();
  const step = useStep();
  const error = step.error ?? order.error;
  const ask = () => void step.run('order.check', { id: order.id });
  return (
    <>
      <Note tone="warning">
        {t(waitingWords[stage])}{' '}
        {stage !== 'no-link' && (
          <Button size="small" loading={spinning(step.busy)} onClick={ask}>
            {t('orders.issue.check')}
          </Button>
        )}{' '}
        <Link className="text-link" href="/orders">
          {t('orders.issue.toOrders')}
        </Link>
      </Note>
      {error && <ErrorNotice error={error} actions={{ retry: ask, 'ask-again': ask }} />}
    </>
  );
}

function Words({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  const { stage } = order;
  switch (stage) {
    case 'authorised':
      return <Authorised order={order} />;
    case 'no-link':
    case 'waiting':
    case 'failed':
    case 'dismissed':
      return <NotYet order={order} stage={stage} />;
    case 'rejecting':
    case 'rejected':
      return <Note tone="fault">{t('orders.issue.rejected')}</Note>;
    case 'issuing':
    case 'issued':
      return null;
  }
}

/** What is known of the order whose number is typed: whether its customer has authorised it, and what was filled in. */
export function OrderNote() {
  const { control, accountId, readOnly } = useFormAccess();
  const orderId = useDeferredValue(useWatch({ control, name: 'orderId' }).trim());
  const asks = !readOnly && orderId !== '' && orderId.length <= longestOrder;
  const { data } = useOperation(
    'order.find',
    { accountId, orderId: orderId.slice(0, longestOrder) || '-' },
    { enabled: asks },
  );
  return (
    <div className="order-notes" aria-live="polite">
      {asks && data?.order && <Words key={data.order.id} order={data.order} />}
    </div>
  );
}
