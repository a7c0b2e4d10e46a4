import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Order } from '../../../shared/contract/order-operations.ts';
import { spinning } from '../../components/spinning.tsx';
import { actsOf, orderActs } from './order-acts.ts';
import type { OrderActs } from './use-order-acts.ts';

/** What is likely wanted of an order as a button, the rest in a menu. */
export function OrderActions({ order, acts }: { readonly order: Order; readonly acts: OrderActs }) {
  const { t } = useTranslation();
  const [first, ...others] = actsOf(order);
  const { orderId } = order;
  const busy = acts.busy.has(order.id);
  return (
    <span className="orders-actions">
      {first && (
        <Button
          size="small"
          type={first === 'issue' ? 'primary' : 'default'}
          danger={first === 'reject'}
          loading={spinning(busy)}
          aria-label={t('orders.act.of', { act: t(`orders.act.${first}`), orderId })}
          onClick={() => acts.act(first, order)}
        >
          {t(`orders.act.${first}`)}
        </Button>
      )}
      {others.length > 0 && (
        <Dropdown
          trigger={['click']}
          disabled={busy}
          menu={{
            items: others.map((act) => ({ key: act, label: t(`orders.act.${act}`), danger: act === 'reject' })),
            onClick: ({ key, domEvent }) => {
              domEvent.stopPropagation();
              const act = orderActs.find((one) => one === key);
              if (act) acts.act(act, order);
            },
          }}
        >
          <Button
            size="small"
            type="text"
            aria-label={t('orders.act.more', { orderId })}
            icon={<MoreOutlined aria-hidden="true" />}
          />
        </Dropdown>
      )}
    </span>
  );
}
