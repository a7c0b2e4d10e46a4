import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type OrderSource, orderSources } from '../../../shared/invoice/order.ts';

const apiName = 'source';

/** Where the link is going to be opened. */
export function SourceChoice(props: {
  readonly id: string;
  readonly value: OrderSource;
  readonly onChange: (source: OrderSource) => void;
}) {
  const { id, value, onChange } = props;
  const { t } = useTranslation();
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{t('orders.form.source')}</label>
        <code className="field-api">{apiName}</code>
      </div>
      <Select<OrderSource>
        id={id}
        value={value}
        options={orderSources.map((source) => ({ value: source, label: t(`orders.form.sources.${source}`) }))}
        onChange={onChange}
      />
    </div>
  );
}
