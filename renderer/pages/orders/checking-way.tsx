import { ApiOutlined, ThunderboltOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Order } from '../../../shared/contract/order-operations.ts';
import { formatBeijingInstant } from '../../../shared/invoice/beijing-time.ts';
import { useOperation } from '../../api/queries.ts';

/** How authorisations come in for this account: through its relay at once, or by asking WeChat at intervals. */
export function CheckingWay({ accountId, orders }: { readonly accountId: number; readonly orders: readonly Order[] }) {
  const { t } = useTranslation();
  const reading = useOperation('relay.list', {});
  if (!reading.data) return <p className="orders-way" />;
  const relay = reading.data.relays.find((one) => one.accountId === accountId);
  const arrives = relay?.state === 'live' || relay?.state === 'polling' || relay?.state === 'connecting';
  const next = orders
    .flatMap(({ stage, nextCheckAt }) => (stage === 'waiting' && nextCheckAt !== null ? [nextCheckAt] : []))
    .sort()
    .at(0);
  if (arrives)
    return (
      <p className="orders-way">
        <ThunderboltOutlined aria-hidden="true" /> {t('orders.way.live')}
      </p>
    );
  return (
    <p className="orders-way">
      <ApiOutlined aria-hidden="true" /> {t(relay ? 'orders.way.down' : 'orders.way.polled')}{' '}
      {next && t('orders.way.next', { time: formatBeijingInstant(next) })} {!relay && t('orders.way.after')}{' '}
      <Link className="text-link" href="/settings/relay">
        {t('orders.way.relay')}
      </Link>
    </p>
  );
}
