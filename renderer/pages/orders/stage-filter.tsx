import { Input, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OrderCounts } from '../../../shared/contract/order-operations.ts';
import { type OrderStage, orderStageLabels, orderStages } from '../../../shared/invoice/order.ts';
import { useLanguage } from '../../i18n/i18n.ts';

/** What a bookkeeper looks for every day; the other stages show once there is an order in them. */
const always: readonly OrderStage[] = ['waiting', 'authorised', 'issued'];

export interface OrderFilter {
  readonly stage: OrderStage | 'all';
  readonly text: string;
}
export const noFilter: OrderFilter = { stage: 'all', text: '' };

/** The stages with how many orders are in each, and the search. */
export function StageFilter(props: {
  readonly filter: OrderFilter;
  readonly counts: OrderCounts;
  readonly onChange: (filter: OrderFilter) => void;
}) {
  const { filter, counts, onChange } = props;
  const { t } = useTranslation();
  const { say } = useLanguage();
  const total = orderStages.reduce((sum, stage) => sum + counts[stage], 0);
  const shown = orderStages.filter((stage) => counts[stage] > 0 || always.includes(stage) || stage === filter.stage);
  const chip = (value: OrderFilter['stage'], word: string, count: number) => ({
    value,
    label: (
      <span className={value === 'waiting' && count > 0 ? 'orders-chip is-waiting' : 'orders-chip'}>
        {word} <span className="orders-count">{count}</span>
      </span>
    ),
  });
  return (
    <search className="orders-filters" aria-label={t('orders.list')}>
      <Segmented<OrderFilter['stage']>
        className="orders-stages"
        aria-label={t('orders.stages')}
        value={filter.stage}
        options={[
          chip('all', t('orders.all'), total),
          ...shown.map((stage) => chip(stage, say(orderStageLabels[stage]), counts[stage])),
        ]}
        onChange={(stage) => onChange({ ...filter, stage })}
      />
      <Input.Search
        className="orders-search"
        allowClear
        aria-label={t('orders.search')}
        placeholder={t('orders.search')}
        maxLength={200}
        value={filter.text}
        onChange={({ target }) => onChange({ ...filter, text: target.value })}
      />
    </search>
  );
}
