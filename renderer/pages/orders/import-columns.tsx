import { Alert, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { OrderColumns } from '../../../shared/contract/order-operations.ts';

const names = ['orderId', 'money', 'note'] as const;
type Name = (typeof names)[number];

/** Which column is what: as recognised, to be put right by a person. */
export function ImportColumns(props: {
  readonly read: OutputOf<'order.readTable'>;
  readonly onColumns: (columns: OrderColumns) => void;
}) {
  const { read, onColumns } = props;
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Partial<Record<Name, number | null>>>({});
  const current = { ...(read.columns ?? {}), ...chosen };
  const options = read.header.map((name, index) => ({
    value: index,
    label: name.trim() || t('orders.table.nameless', { number: index + 1 }),
  }));
  const choose = (name: Name, index: number | null) => {
    const next = { ...current, [name]: index };
    setChosen(next);
    const { orderId, money, note = null } = next;
    if (typeof orderId === 'number' && typeof money === 'number') onColumns({ orderId, money, note });
  };
  return (
    <section className="orders-columns" aria-label={t('orders.table.columns')}>
      {!read.columns && <Alert type="warning" showIcon title={t('orders.table.columnsMissing')} />}
      <div className="fields fields-3">
        {names.map((name) => (
          <div key={name} className="field">
            <div className="field-head">
              <label htmlFor={`order-column-${name}`}>{t(`orders.table.${name}`)}</label>
            </div>
            <Select<number | null>
              id={`order-column-${name}`}
              value={current[name] ?? null}
              placeholder={t('orders.table.noColumn')}
              allowClear={name === 'note'}
              options={options}
              onChange={(index?: number | null) => choose(name, index ?? null)}
              {...(name !== 'note' && typeof current[name] !== 'number' ? { status: 'warning' as const } : {})}
            />
          </div>
        ))}
      </div>
    </section>
  );
}
