import { BellOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Order } from '../../../shared/contract/order-operations.ts';
import { formatBeijingInstant } from '../../../shared/invoice/beijing-time.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** After this the customer has likely forgotten. */
const reminderMs = 3 * dayMs;

/** Since when an order is where it is. */
function sinceOf({ stage, link, authorisedAt, rejection, updatedAt, createdAt }: Order): string {
  if (stage === 'no-link') return createdAt;
  if (stage === 'waiting') return link?.obtainedAt ?? createdAt;
  if (stage === 'authorised') return authorisedAt ?? updatedAt;
  if (stage === 'rejected') return rejection?.at ?? updatedAt;
  return updatedAt;
}

function useWaited(): (ms: number) => string {
  const { t } = useTranslation();
  return (ms) => {
    if (ms < hourMs) return t('orders.waited.minutes', { count: Math.max(0, Math.floor(ms / minuteMs)) });
    if (ms < 2 * dayMs) return t('orders.waited.hours', { count: Math.floor(ms / hourMs) });
    return t('orders.waited.days', { count: Math.floor(ms / dayMs) });
  };
}

/** Since when; of an order that waits also how long, and whether its customer is to be reminded. */
export function WaitingTime({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  const waited = useWaited();
  const since = sinceOf(order);
  const ms = Date.now() - Date.parse(since);
  return (
    <span className="orders-since">
      <time dateTime={since} title={formatBeijingInstant(since)}>
        {formatBeijingInstant(since).slice('2026-'.length, -':00'.length)}
      </time>
      {order.stage === 'waiting' && <span className="orders-quiet">{waited(ms)}</span>}
      {order.stage === 'waiting' && ms > reminderMs && (
        <Tag color="warning" icon={<BellOutlined aria-hidden="true" />}>
          {t('orders.remind')}
        </Tag>
      )}
    </span>
  );
}
