import { Button, Empty, Table, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Order } from '../../../shared/contract/order-operations.ts';
import { formatYuan } from '../../../shared/invoice/money.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { StageTag } from '../../components/status-tag.tsx';
import { OrderActions } from './order-actions.tsx';
import type { OrderActs } from './use-order-acts.ts';
import { WaitingTime } from './waiting-time.tsx';

export const pageSize = 50;

/** The pages that were gone through, by the last order of the one before. */
export function usePaging() {
  const [passed, setPassed] = useState<readonly number[]>([]);
  return {
    beforeId: passed.at(-1),
    older: (lastId: number) => setPassed((ids) => [...ids, lastId]),
    newer: () => setPassed((ids) => ids.slice(0, -1)),
    toFirst: () => setPassed([]),
  };
}

function NumberCell(props: { readonly order: Order; readonly onOpen: (id: number) => void }) {
  const {
    order: { id, orderId },
    onOpen,
  } = props;
  const { t } = useTranslation();
  return (
    <span className="orders-number">
      <Button
        type="link"
        size="small"
        aria-label={t('orders.open', { orderId })}
        onClick={(event) => {
          event.stopPropagation();
          onOpen(id);
        }}
      >
        {orderId}
      </Button>
      <CopyButton text={orderId} what={t('orders.column.orderId')} />
    </span>
  );
}

/** Whose order it is: in the customer's words where there are any, and in the merchant's. */
function CustomerCell({ order: { note, title } }: { readonly order: Order }) {
  return (
    <span className="orders-customer">
      {title && <span>{title.title}</span>}
      {note !== '' && <span className={title ? 'orders-quiet' : ''}>{note}</span>}
    </span>
  );
}

function useColumns(acts: OrderActs, onOpen: (id: number) => void): NonNullable<TableProps<Order>['columns']> {
  const { t } = useTranslation();
  return [
    {
      title: t('orders.column.orderId'),
      key: 'orderId',
      width: '21%',
      render: (_, order) => <NumberCell order={order} onOpen={onOpen} />,
    },
    {
      title: t('orders.column.amount'),
      key: 'amount',
      width: '12%',
      align: 'right',
      render: (_, { moneyFen }) => <span className="orders-digits">{formatYuan(moneyFen, { symbol: true })}</span>,
    },
    {
      title: t('orders.column.customer'),
      key: 'customer',
      render: (_, order) => <CustomerCell order={order} />,
    },
    {
      title: t('orders.column.stage'),
      key: 'stage',
      width: '18%',
      render: (_, { stage }) => <StageTag stage={stage} />,
    },
    {
      title: t('orders.column.since'),
      key: 'since',
      width: '17%',
      render: (_, order) => <WaitingTime order={order} />,
    },
    {
      title: t('orders.column.actions'),
      key: 'actions',
      width: 136,
      // The row opens the order; what is pressed in this cell is meant for itself.
      onCell: () => ({ onClick: (event) => event.stopPropagation() }),
      render: (_, order) => <OrderActions order={order} acts={acts} />,
    },
  ];
}

/** A page of orders, the newest first. */
export function OrderTable(props: {
  readonly orders: readonly Order[];
  readonly acts: OrderActs;
  readonly paging: ReturnType<typeof usePaging>;
  readonly onOpen: (id: number) => void;
  readonly onClear: () => void;
}) {
  const { orders, acts, paging, onOpen, onClear } = props;
  const { t } = useTranslation();
  const columns = useColumns(acts, onOpen);
  const last = orders.length === pageSize ? orders.at(-1) : undefined;
  return (
    <>
      {orders.length === 0 ? (
        <Empty description={t('orders.none')}>
          <Button onClick={onClear}>{t('orders.clear')}</Button>
        </Empty>
      ) : (
        <Table<Order>
          size="small"
          rowKey="id"
          className="orders-table"
          columns={columns}
          dataSource={orders}
          tableLayout="fixed"
          pagination={false}
          onRow={({ id }) => ({ onClick: () => onOpen(id) })}
        />
      )}
      {(last || paging.beforeId !== undefined) && (
        <div className="orders-paging">
          <Button disabled={paging.beforeId === undefined} onClick={paging.newer}>
            {t('orders.newer')}
          </Button>
          <Button disabled={!last} onClick={() => last && paging.older(last.id)}>
            {t('orders.older')}
          </Button>
        </div>
      )}
    </>
  );
}
