import { Checkbox, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RequestOf } from '../../../shared/contract/contract.ts';
import type { StatusEvent } from '../../../shared/contract/invoice-operations.ts';
import {
  type ReimburseStatus,
  reimburseStatuses,
  reimburseStatusLabels,
} from '../../../shared/wechat/reimburse-status.ts';
import { useLanguage } from '../../i18n/i18n.ts';

/** Which events are listed. */
export interface EventFilter {
  readonly status: ReimburseStatus | null;
  readonly source: StatusEvent['source'] | 'all';
  readonly withoutInvoice: boolean;
}

export const noFilter: EventFilter = { status: null, source: 'all', withoutInvoice: false };

/** The part of the request that a filter is; nothing where it lets everything through. */
export function filterRequest({ status, source, withoutInvoice }: EventFilter): Partial<RequestOf<'event.list'>> {
  return {
    ...(status === null ? {} : { status }),
    ...(source === 'all' ? {} : { source }),
    ...(withoutInvoice ? { withoutInvoice } : {}),
  };
}

export function EventFilters(props: {
  readonly filter: EventFilter;
  readonly onChange: (filter: EventFilter) => void;
}) {
  const { filter, onChange } = props;
  const { t } = useTranslation();
  const { say } = useLanguage();
  return (
    <search className="feed-filters" aria-label={t('feed.filter.label')}>
      <Select
        className="feed-status"
        aria-label={t('feed.filter.status')}
        placeholder={t('feed.filter.statusAny')}
        allowClear
        value={filter.status}
        options={reimburseStatuses.map((status) => ({ value: status, label: say(reimburseStatusLabels[status]) }))}
        onChange={(status: ReimburseStatus | null | undefined) => onChange({ ...filter, status: status ?? null })}
      />
      <Segmented<EventFilter['source']>
        aria-label={t('feed.filter.source')}
        value={filter.source}
        options={(['all', 'push', 'set-here'] as const).map((value) => ({ value, label: t(`feed.filter.${value}`) }))}
        onChange={(source) => onChange({ ...filter, source })}
      />
      <Checkbox
        checked={filter.withoutInvoice}
        onChange={({ target }) => onChange({ ...filter, withoutInvoice: target.checked })}
      >
        {t('feed.filter.withoutInvoice')}
      </Checkbox>
    </search>
  );
}
