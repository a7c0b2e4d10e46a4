import { AutoComplete, Input } from 'antd';
import { useDeferredValue } from 'react';
import { useController } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { formatYuan } from '../../../shared/invoice/money.ts';
import { useOperation } from '../../api/queries.ts';
import { Field } from '../../components/field.tsx';
import { useField, useFormAccess } from './form-context.tsx';
import { OrderNote } from './order-note.tsx';
import { buyerNames, buyerOf } from './order-says.ts';
import { useBuyerFields } from './use-buyer-fields.ts';

const offered = 10;

/** The authorised orders that fit what is typed, and what a choice of one fills: what is still empty. */
function useOffered(typed: string, enabled: boolean) {
  const { accountId, control } = useFormAccess();
  const buyer = useBuyerFields();
  const fee = useController({ control, name: 'fee' }).field;
  const text = useDeferredValue(typed.trim().slice(0, 200));
  const found = useOperation('order.list', { accountId, stage: 'authorised', text, limit: offered }, { enabled });
  const orders = found.data?.orders ?? [];
  const fillFrom = (number: string) => {
    const order = orders.find(({ orderId }) => orderId === number);
    if (!order) return;
    const said = buyerOf(order.title);
    for (const name of buyerNames) if (buyer[name].value === '' && said[name]) buyer[name].onChange(said[name]);
    if (fee.value === '') fee.onChange(formatYuan(order.moneyFen));
  };
  return { orders, fillFrom };
}

/** The order number, with the authorised orders to choose from. */
export function OrderField({ placeholder }: { readonly placeholder: string }) {
  const { t } = useTranslation();
  const { value, change, onFocus, onBlur, findings, tone, marks, readOnly } = useField<string>('orderId');
  const { orders, fillFrom } = useOffered(value, !readOnly);
  return (
    <Field
      id={marks.id}
      label={t('field.orderId')}
      apiName="order_id"
      findings={findings}
      tone={tone}
      extra={<OrderNote />}
    >
      {readOnly ? (
        <Input {...marks} value={value} readOnly />
      ) : (
        <AutoComplete
          {...marks}
          value={value}
          placeholder={placeholder}
          // What is wanted is found by main already, by note and title as well.
          showSearch={{ filterOption: false }}
          options={orders.map(({ orderId, moneyFen, note, title }) => ({
            value: orderId,
            label: (
              <span className="buyer-option">
                <span>
                  {orderId} {note || title?.title}
                </span>
                <span className="buyer-number">{formatYuan(moneyFen, { symbol: true })}</span>
              </span>
            ),
          }))}
          onChange={change}
          onSelect={fillFrom}
          onFocus={onFocus}
          onBlur={onBlur}
        />
      )}
    </Field>
  );
}
