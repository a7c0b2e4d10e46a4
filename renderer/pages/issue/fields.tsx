import { DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { formatBeijingDate, parseBeijingTime } from '../../../shared/invoice/beijing-time.ts';
import { formatYuan, parseYuan, toHalfWidth } from '../../../shared/invoice/money.ts';
import { Field } from '../../components/field.tsx';
import { useField } from './form-context.tsx';
import type { TextName } from './form-values.ts';
import { PdfMark, PdfNote } from './pdf-note.tsx';
import type { SaidName } from './pdf-says.ts';

/** Each field's name in WeChat's API (section 5). */
const apiNames = {
  title: 'title',
  fee: 'fee',
  feeWithoutTax: 'fee_without_tax',
  tax: 'tax',
  billingTime: 'billing_time',
  billingNo: 'billing_no',
  billingCode: 'billing_code',
  checkCode: 'check_code',
  buyerNumber: 'buyer_number',
  buyerAddressAndPhone: 'buyer_address_and_phone',
  buyerBankAccount: 'buyer_bank_account',
  sellerNumber: 'seller_number',
  sellerAddressAndPhone: 'seller_address_and_phone',
  sellerBankAccount: 'seller_bank_account',
  remarks: 'remarks',
  cashier: 'cashier',
  maker: 'maker',
} as const satisfies Record<Exclude<TextName, 'orderId'> | 'billingTime' | 'remarks', string>;

/** The sign and the note of a field that a PDF can fill. */
export function pdfPartsOf(name: SaidName) {
  return { mark: <PdfMark name={name} />, extra: <PdfNote name={name} /> };
}

const invisible = /[\s\u200b-\u200f\ufeff]/g;

/** What typing and pasting a number brings along and nobody means: spaces, full-width digits, invisible characters. */
function identifierOf(text: string): string {
  return toHalfWidth(text).replaceAll(invisible, '');
}

const cleanings = {
  none: (text: string) => text,
  identifier: identifierOf,
  taxId: (text: string) => identifierOf(text).toUpperCase(),
} as const;

export function TextField(props: {
  readonly name: Exclude<TextName, 'orderId'>;
  readonly clean?: keyof typeof cleanings;
  readonly span?: 1 | 2 | 3;
  readonly placeholder?: string;
}) {
  const { name, clean = 'none', span = 1, placeholder } = props;
  const { t } = useTranslation();
  const { value, change, onFocus, onBlur, findings, tone, marks, readOnly } = useField<string>(name);
  return (
    <Field
      id={marks.id}
      label={t(`field.${name}`)}
      apiName={apiNames[name]}
      findings={findings}
      tone={tone}
      span={span}
      {...pdfPartsOf(name)}
    >
      <Input
        {...marks}
        className={clean === 'none' ? '' : 'digits'}
        value={value}
        placeholder={placeholder}
        readOnly={readOnly}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => change(cleanings[clean](target.value))}
        onFocus={onFocus}
        onBlur={onBlur}
      />
    </Field>
  );
}

/** An amount in yuan; leaving it writes it the usual way. */
export function MoneyField({ name }: { readonly name: 'fee' | 'feeWithoutTax' | 'tax' }) {
  const { t } = useTranslation();
  const { value, change, onFocus, onBlur, findings, tone, marks, readOnly } = useField<string>(name);
  const leave = () => {
    const fen = parseYuan(value);
    if (fen !== undefined && formatYuan(fen) !== value) change(formatYuan(fen));
    onBlur();
  };
  return (
    <Field
      id={marks.id}
      label={t(`field.${name}`)}
      apiName={apiNames[name]}
      findings={findings}
      tone={tone}
      {...pdfPartsOf(name)}
    >
      <Input
        {...marks}
        className="money"
        prefix="¥"
        inputMode="decimal"
        value={value}
        readOnly={readOnly}
        autoComplete="off"
        onChange={({ target }) => change(target.value)}
        onFocus={onFocus}
        onBlur={leave}
      />
    </Field>
  );
}

const dateFormat = 'YYYY-MM-DD';
const acceptedDates = [dateFormat, 'YYYY/M/D', 'YYYY.M.D', 'YYYYMMDD', 'YYYY年M月D日'];

/** The day in Beijing; the kit's calendar knows only days, so no time zone comes near it. */
export function DateField() {
  const { t } = useTranslation();
  const { value, change, onFocus, onBlur, findings, tone, marks, readOnly } = useField<number>('billingTime');
  const { id, status, ...described } = marks;
  return (
    <Field
      id={id}
      label={t('field.billingTime')}
      apiName={apiNames.billingTime}
      findings={findings}
      tone={tone}
      {...pdfPartsOf('billingTime')}
    >
      {readOnly ? (
        <Input id={id} className="digits" readOnly value={value > 0 ? formatBeijingDate(value) : ''} />
      ) : (
        <DatePicker
          id={id}
          {...described}
          {...(status ? { status } : {})}
          className="digits"
          format={acceptedDates}
          value={value > 0 ? dayjs(formatBeijingDate(value)) : null}
          placeholder={dateFormat}
          onChange={(day) => change(day ? (parseBeijingTime(day.format(dateFormat)) ?? 0) : 0)}
          onFocus={onFocus}
          onBlur={onBlur}
        />
      )}
    </Field>
  );
}

export function RemarksField() {
  const { t } = useTranslation();
  const { value, change, onFocus, onBlur, findings, tone, marks, readOnly } = useField<string>('remarks');
  return (
    <Field
      id={marks.id}
      label={t('field.remarks')}
      apiName={apiNames.remarks}
      findings={findings}
      tone={tone}
      span={2}
      {...pdfPartsOf('remarks')}
    >
      <Input.TextArea
        {...marks}
        value={value}
        readOnly={readOnly}
        // The kit's own growing measures with a style attribute, which the page's policy refuses; the style sheet grows it.
        className="growing"
        onChange={({ target }) => change(target.value)}
        onFocus={onFocus}
        onBlur={onBlur}
      />
    </Field>
  );
}
