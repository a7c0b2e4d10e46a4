import { CheckCircleFilled } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useController } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { formatYuan, parseYuan } from '../../../shared/invoice/money.ts';
import { sumOfItems } from '../../../shared/invoice/rules.ts';
import { Notes } from '../../components/field.tsx';
import { useFormAccess, useReading } from './form-context.tsx';
import { controlId } from './form-values.ts';

function Sum(props: { readonly children: ReactNode; readonly agrees?: string | undefined }) {
  const { children, agrees } = props;
  return (
    <p className="sum">
      <span>{children}</span>
      {agrees !== undefined && (
        <span className="sum-agrees">
          <CheckCircleFilled aria-hidden="true" /> {agrees}
        </span>
      )}
    </p>
  );
}

/** Net + tax beside the total, with a button that fills the total in. */
export function AmountsHint() {
  const { t } = useTranslation();
  const { control, readOnly } = useFormAccess();
  const fee = useController({ control, name: 'fee' }).field;
  const net = parseYuan(useController({ control, name: 'feeWithoutTax' }).field.value);
  const tax = parseYuan(useController({ control, name: 'tax' }).field.value);
  if (net === undefined || tax === undefined) return <p className="sum sum-quiet">{t('totals.amountsHint')}</p>;
  const sum = net + tax;
  const agrees = parseYuan(fee.value) === sum ? t('totals.equalsTotal') : undefined;
  return (
    <div className="sum-row">
      <Sum agrees={agrees}>{t('totals.netPlusTax', { sum: formatYuan(sum, { symbol: true }) })}</Sum>
      {fee.value.trim() === '' && !readOnly && (
        <Button size="small" onClick={() => fee.onChange(formatYuan(sum))}>
          {t('totals.fillTotal')}
        </Button>
      )}
    </div>
  );
}

/** The lines' sum beside the invoice's amounts. */
export function ItemsHint() {
  const { t } = useTranslation();
  const { fields } = useReading();
  const { findings } = useFormAccess();
  const sum = sumOfItems(fields.items);
  if (sum === undefined) return null;
  const agrees =
    sum === fields.feeFen
      ? t('totals.equalsTotal')
      : sum === fields.feeWithoutTaxFen
        ? t('totals.equalsNet')
        : undefined;
  return (
    <div className="items-sum">
      <Sum agrees={sum === 0 ? undefined : agrees}>
        {t('totals.items', { count: fields.items.length, sum: formatYuan(sum, { symbol: true }) })}
      </Sum>
      <Notes id={controlId('items')} findings={findings.get('items') ?? []} tone="loud" />
    </div>
  );
}
