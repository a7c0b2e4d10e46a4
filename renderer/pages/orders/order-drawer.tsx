import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { Order } from '../../../shared/contract/order-operations.ts';
import { formatBeijingInstant } from '../../../shared/invoice/beijing-time.ts';
import { formatYuan } from '../../../shared/invoice/money.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { StageTag, StateTag } from '../../components/status-tag.tsx';
import { CustomerTitle } from './customer-title.tsx';
import { OrderActions } from './order-actions.tsx';
import { OrderError } from './order-error.tsx';
import { OrderHistory } from './order-history.tsx';
import { useOrder } from './use-order.ts';
import type { OrderActs } from './use-order-acts.ts';
import { WaitingTime } from './waiting-time.tsx';

type FactRow = readonly [name: string, value: ReactNode, copied?: string];

function useFacts(order: Order): readonly FactRow[] {
  const { t } = useTranslation();
  const { link, openid, invoice, nextCheckAt, redirectUrl } = order;
  return [
    [t('orders.column.amount'), formatYuan(order.moneyFen, { symbol: true })],
    ...(order.note ? [[t('orders.column.note'), order.note] as const] : []),
    [
      t('orders.column.stage'),
      <span key="stage" className="orders-fact">
        <StageTag stage={order.stage} /> <WaitingTime order={order} />
      </span>,
    ],
    [t('orders.drawer.kind'), t(`orders.form.kinds.${order.kind}`)],
    [t('orders.drawer.source'), t(`orders.form.sources.${order.source}`)],
    ...(redirectUrl ? [[t('orders.drawer.redirect'), redirectUrl] as const] : []),
    ...(link ? [[t('orders.dialog.link'), <code key="link">{link.url}</code>, link.url] as const] : []),
    ...(link?.appid ? [[t('orders.dialog.appid'), link.appid, link.appid] as const] : []),
    ...(nextCheckAt ? [[t('orders.drawer.nextCheck'), formatBeijingInstant(nextCheckAt)] as const] : []),
    ...(openid ? [[t('orders.drawer.openid'), openid, openid] as const] : []),
    ...(invoice
      ? [
          [
            t('orders.drawer.invoice'),
            <span key="invoice" className="orders-fact">
              <StateTag state={invoice.state} />
              <Link className="text-link" href={`/invoice/${invoice.id}`}>
                {t('orders.drawer.openInvoice', { id: invoice.id })}
              </Link>
            </span>,
          ] as const,
        ]
      : []),
  ];
}

function OrderFacts({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('orders.drawer.facts')}>
      <dl className="facts">
        {useFacts(order).map(([name, value, copied]) => (
          <div key={name} className="facts-row">
            <dt>{name}</dt>
            <dd>
              {value} {copied !== undefined && <CopyButton text={copied} what={name} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Everything that is known of an order, and what can be done with it. */
export function OrderDrawer(props: {
  readonly account: Account;
  readonly id: number | null;
  readonly acts: OrderActs;
  readonly onClose: () => void;
}) {
  const { account, id, acts, onClose } = props;
  const { t } = useTranslation();
  const { order, error, readAgain } = useOrder(account.id, id);
  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      title={t('orders.drawer.title', { orderId: order?.orderId ?? '' })}
      size={560}
      destroyOnHidden
      extra={order && <OrderActions order={order} acts={acts} />}
    >
      {error && <ErrorNotice error={error} actions={{ retry: readAgain }} />}
      {order === undefined && !error && <Loading />}
      {order && (
        <div className="orders-drawer">
          {order.error && <OrderError error={order.error} actions={{ retry: () => acts.act('check', order) }} />}
          <OrderFacts order={order} />
          <CustomerTitle order={order} />
          <OrderHistory order={order} />
        </div>
      )}
    </Drawer>
  );
}
