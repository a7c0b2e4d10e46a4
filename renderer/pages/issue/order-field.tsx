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

const offered = 10;

/** The order number, with the authorised orders to choose from; a choice fills what is still empty of theirs. */
export function OrderField({ placeholder }: { readonly placeholder: string }) {
  const { t } = useTranslation();
  const { accountId, control } = useFormAccess();
  const others = {
    title: useController({ control, name: 'title' }).field,
    buyerNumber: useController({ control, name: 'buyerNumber' }).field,
    buyerAddressAndPhone: useController({ control, name: 'buyerAddressAndPhone' }).field,
    buyerBankAccount: useController({ control, name: 'buyerBankAccount' }).field,
    fee: useController({ control, name: 'fee' }).field,
  };
  const { value, change, onFocus, onBlur, findings, tone, marks, readOnly } = useField<string>('orderId');
  const text = useDeferredValue(value.trim().slice(0, 200));
  const found = useOperation(
    'order.list',
    { accountId, stage: 'authorised', text, limit: offered },
    { enabled: !readOnly },
  );
  const orders = found.data?.orders ?? [];
  const choose = (number: string) => {
    const order = orders.find(({ orderId }) => orderId === number);
    if (!order) return;
    change(order.orderId);
    const said = buyerOf(order.title);
    for (const name of buyerNames) if (others[name].value === '' && said[name]) others[name].onChange(said[name]);
    if (others.fee.value === '') others.fee.onChange(formatYuan(order.moneyFen));
  };
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
          onSelect={choose}
          onFocus={onFocus}
          onBlur={onBlur}
        />
      )}
    </Field>
  );
}
