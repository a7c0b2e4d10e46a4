import { Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Order } from '../../../shared/contract/order-operations.ts';
import { formatBeijingInstant } from '../../../shared/invoice/beijing-time.ts';

interface Entry {
  readonly key: string;
  readonly at: string | null | undefined;
  readonly words: string;
  readonly colour: string;
}

/** What happened to an order, the oldest first. */
export function OrderHistory({ order }: { readonly order: Order }) {
  const { t } = useTranslation();
  const { createdAt, link, authorisedAt, checkedAt, rejection } = order;
  const entries: readonly Entry[] = [
    { key: 'created', at: createdAt, words: t('orders.drawer.created'), colour: 'gray' },
    { key: 'linked', at: link?.obtainedAt, words: t('orders.drawer.linked'), colour: 'blue' },
    { key: 'authorised', at: authorisedAt, words: t('orders.drawer.authorised'), colour: 'green' },
    { key: 'checked', at: checkedAt, words: t('orders.drawer.checked'), colour: 'gray' },
    {
      key: 'rejected',
      at: rejection?.at,
      words: t('orders.drawer.rejected', { reason: rejection?.reason ?? '' }),
      colour: 'red',
    },
  ];
  const happened = entries
    .flatMap((entry) => (typeof entry.at === 'string' ? [{ ...entry, at: entry.at }] : []))
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return (
    <section aria-labelledby="order-history">
      <h3 id="order-history">{t('orders.drawer.history')}</h3>
      <Timeline
        className="orders-history"
        items={happened.map(({ key, at, words, colour }) => ({
          key,
          color: colour,
          content: (
            <span className="orders-fact">
              <time dateTime={at}>{formatBeijingInstant(at)}</time>
              <span>{words}</span>
            </span>
          ),
        }))}
      />
    </section>
  );
}
