import { AutoComplete } from 'antd';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import type { Buyer } from '../../../shared/contract/invoice-operations.ts';
import { useOperation } from '../../api/queries.ts';
import { Field } from '../../components/field.tsx';
import { pdfPartsOf } from './fields.tsx';
import { useField, useFormAccess } from './form-context.tsx';
import { useBuyerFields } from './use-buyer-fields.ts';

const keyOf = ({ title, buyerNumber }: Buyer) => `${title}\n${buyerNumber}`;

/** The invoice title, with the buyers of recent invoices to choose from; a choice fills what is still empty of theirs. */
export function BuyerField({ placeholder }: { readonly placeholder: string }) {
  const { t } = useTranslation();
  const { accountId } = useFormAccess();
  const others = useBuyerFields();
  const { value, change, onFocus, onBlur, findings, tone, marks, readOnly } = useField<string>('title');
  const text = useDeferredValue(value.trim().slice(0, 100));
  const found = useOperation('buyer.suggest', { accountId, text }, { enabled: !readOnly });
  const buyers = found.data?.buyers ?? [];
  const choose = (key: string) => {
    const buyer = buyers.find((one) => keyOf(one) === key);
    if (!buyer) return;
    change(buyer.title);
    for (const name of ['buyerNumber', 'buyerAddressAndPhone', 'buyerBankAccount'] as const)
      if (others[name].value === '') others[name].onChange(buyer[name]);
  };
  return (
    <Field
      id={marks.id}
      label={t('field.title')}
      apiName="title"
      findings={findings}
      tone={tone}
      {...pdfPartsOf('title')}
    >
      <AutoComplete
        {...marks}
        value={value}
        placeholder={placeholder}
        disabled={readOnly}
        // What is wanted is found by main already, by tax ID as well.
        showSearch={{ filterOption: false }}
        options={buyers.map((buyer) => ({
          value: keyOf(buyer),
          label: (
            <span className="buyer-option">
              <span>{buyer.title}</span>
              <span className="buyer-number">{buyer.buyerNumber}</span>
            </span>
          ),
        }))}
        onChange={(typed: string) => change(typed.split('\n')[0] ?? '')}
        onSelect={choose}
        onFocus={onFocus}
        onBlur={onBlur}
      />
    </Field>
  );
}
