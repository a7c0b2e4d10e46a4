import { type JsonObject, objectOf, textOf } from './call.ts';
import type { PracticeContext } from './context.ts';
import type { BuyerRecord } from './practice-types.ts';

export type BuyerKind = 'person' | 'company';

/** One field of the authorisation page of type 1. */
export interface AskedField {
  /** In the form. */
  readonly name: string;
  readonly label: string;
  readonly isRequired: boolean;
  /** Shown in the empty field. */
  readonly notice: string;
  readonly inputType: 'text' | 'tel' | 'email';
  readonly longest: number;
  /** What it becomes in the title; null: one of the merchant's own fields. */
  readonly part: keyof Omit<BuyerRecord, 'kind' | 'custom'> | null;
}

interface KnownField extends Omit<AskedField, 'isRequired' | 'notice'> {
  /** In set_auth_field, behind `show_` and `require_`. */
  readonly wireName: string;
}

const text = { inputType: 'text', longest: 200 } as const;
const phone: KnownField = {
  wireName: 'phone',
  name: 'phone',
  label: '电话',
  inputType: 'tel',
  longest: 40,
  part: 'phone',
};
const email: KnownField = {
  wireName: 'email',
  name: 'email',
  label: '邮箱',
  inputType: 'email',
  longest: 100,
  part: 'email',
};

const known: Readonly<Record<BuyerKind, readonly KnownField[]>> = {
  person: [phone, email],
  company: [
    { ...text, wireName: 'tax_no', name: 'tax_number', label: '纳税人识别号', part: 'taxNumber' },
    { ...text, wireName: 'addr', name: 'address', label: '地址', part: 'address' },
    phone,
    { ...text, wireName: 'bank_type', name: 'bank_name', label: '开户银行', part: 'bankName' },
    { ...text, wireName: 'bank_no', name: 'bank_account', label: '银行账号', part: 'bankAccount' },
  ],
};

const title: AskedField = { ...text, name: 'title', label: '发票抬头', isRequired: true, notice: '', part: 'title' };

/** What a merchant that never called set_auth_field asks for besides the title. */
const unset: JsonObject = { biz_field: { show_tax_no: 1 } };

/** What the page asks a person or a company for: the title always, the rest as set_auth_field says. */
export function askedFields(context: PracticeContext, appid: string, kind: BuyerKind): readonly AskedField[] {
  const stored = context.books.attributes.get(`${appid} auth_field`) ?? unset;
  const flags = objectOf(stored, kind === 'person' ? 'user_field' : 'biz_field') ?? {};
  const shown = known[kind].filter(({ wireName }) => flags[`show_${wireName}`] === 1);
  const fields = shown.map(({ wireName, ...field }) => ({
    ...field,
    isRequired: flags[`require_${wireName}`] === 1,
    notice: '',
  }));
  return [title, ...fields, ...customFields(flags['custom_field'])];
}

function customFields(value: unknown): AskedField[] {
  // setbizattr refuses anything but a list of objects that have a key.
  const items = (value ?? []) as readonly JsonObject[];
  return items.map((item, index) => ({
    name: `custom_${index}`,
    label: textOf(item, 'key') ?? '',
    isRequired: item['is_require'] === 1,
    notice: textOf(item, 'notice') ?? '',
    ...text,
    part: null,
  }));
}

export interface FilledIn {
  readonly buyer: BuyerRecord;
  /** Labels of fields that are missing or cannot be so. */
  readonly faults: readonly string[];
}

/** What a customer sent, as far as it was asked for. */
export function readBuyer(fields: readonly AskedField[], kind: BuyerKind, form: URLSearchParams): FilledIn {
  const filled = fields.map((field) => ({ ...field, value: (form.get(field.name) ?? '').trim() }));
  const isFaulty = ({ value, isRequired, longest, inputType }: (typeof filled)[number]) =>
    value === '' ? isRequired : value.length > longest || (inputType === 'email' && !/^[^\s@]+@[^\s@]+$/.test(value));
  const parts = filled.flatMap(({ part, value }) => (part === null ? [] : [[part, value] as const]));
  const custom = filled.filter(({ part }) => part === null).map(({ label, value }) => ({ key: label, value }));
  return {
    buyer: { title: '', taxNumber: '', kind, ...Object.fromEntries(parts), custom },
    faults: filled.filter(isFaulty).map(({ label }) => label),
  };
}
