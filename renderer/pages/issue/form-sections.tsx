import { SwapOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useController } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { BuyerField } from './buyer-field.tsx';
import { DateField, MoneyField, RemarksField, TextField } from './fields.tsx';
import { useFormAccess } from './form-context.tsx';
import { ItemsTable } from './items-table.tsx';
import { OrderField } from './order-field.tsx';
import { PdfNote } from './pdf-note.tsx';
import { AmountsHint, ItemsHint } from './totals.tsx';

function Section(props: { readonly title: string; readonly columns?: 2 | 3; readonly children: ReactNode }) {
  const { title, columns, children } = props;
  return (
    <section className="form-section">
      <h2>{title}</h2>
      {columns ? <div className={`fields fields-${columns}`}>{children}</div> : children}
    </section>
  );
}

/** Offered where the rules see a code in the number's place and a number in the code's. */
function SwapOffer() {
  const { t } = useTranslation();
  const { control, findings, readOnly } = useFormAccess();
  const code = useController({ control, name: 'billingCode' }).field;
  const number = useController({ control, name: 'billingNo' }).field;
  const swapped = findings.get('billingNo')?.some((finding) => finding.code === 'code.swapped') ?? false;
  if (!swapped || readOnly) return null;
  const swap = () => {
    const { value } = code;
    code.onChange(number.value);
    number.onChange(value);
  };
  return (
    <div className="field-span-2">
      <Button size="small" icon={<SwapOutlined aria-hidden="true" />} onClick={swap}>
        {t('issue.swap')}
      </Button>
    </div>
  );
}

/** All fields of section 5 of the API, grouped as on the tax form. */
export function FormSections({ templateSelect }: { readonly templateSelect: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <Section title={t('issue.section.order')} columns={2}>
        {templateSelect}
        <OrderField placeholder={t('issue.orderHint')} />
        <BuyerField placeholder={t('issue.titleHint')} />
      </Section>
      <Section title={t('issue.section.numbers')} columns={2}>
        <TextField name="billingNo" clean="identifier" placeholder={t('issue.numberHint')} />
        <DateField />
        <TextField name="billingCode" clean="identifier" placeholder={t('issue.codeHint')} />
        <TextField name="checkCode" clean="identifier" placeholder={t('issue.codeHint')} />
        <SwapOffer />
      </Section>
      <Section title={t('issue.section.amounts')}>
        <div className="fields fields-3">
          <MoneyField name="feeWithoutTax" />
          <MoneyField name="tax" />
          <MoneyField name="fee" />
        </div>
        <AmountsHint />
      </Section>
      <Section title={t('issue.section.buyer')} columns={2}>
        <TextField name="buyerNumber" clean="taxId" span={2} />
        <TextField name="buyerAddressAndPhone" />
        <TextField name="buyerBankAccount" />
      </Section>
      <Section title={t('issue.section.seller')} columns={2}>
        <TextField name="sellerNumber" clean="taxId" span={2} />
        <TextField name="sellerAddressAndPhone" />
        <TextField name="sellerBankAccount" />
      </Section>
      <Section title={t('issue.section.items')}>
        <ItemsTable />
        <PdfNote name="items" />
        <ItemsHint />
      </Section>
      <Section title={t('issue.section.other')} columns={2}>
        <RemarksField />
        <TextField name="cashier" />
        <TextField name="maker" />
      </Section>
    </>
  );
}
