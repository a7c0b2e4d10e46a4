import {
  type AuthFields,
  type Contact,
  type CustomField,
  contactSchema,
} from '../../../shared/contract/merchant-operations.ts';
import { toHalfWidth } from '../../../shared/invoice/money.ts';

export const timeUnits = { hours: 3600, days: 86_400 } as const;
export type TimeUnit = keyof typeof timeUnits;

/** The contact as it is typed. */
export interface ContactForm {
  readonly phone: string;
  readonly time: string;
  readonly unit: TimeUnit;
}

/** One day, unless something else was said. */
export const emptyContact: ContactForm = { phone: '', time: '1', unit: 'days' };

/** A contact as it stands in the form: in days where they are whole, else in hours. */
export function contactFormOf({ phone, timeOutSeconds }: Contact): ContactForm {
  const unit = timeOutSeconds % timeUnits.days === 0 ? 'days' : 'hours';
  return { phone, unit, time: String(Math.round((timeOutSeconds / timeUnits[unit]) * 100) / 100) };
}

/** The contact of a form, with what is wrong in it. */
export function readContact({ phone, time, unit }: ContactForm): {
  readonly contact: Contact;
  readonly faults: readonly ('phone' | 'timeOut')[];
} {
  const number = Number(toHalfWidth(time).trim() || Number.NaN);
  const contact = { phone: toHalfWidth(phone).trim(), timeOutSeconds: Math.round(number * timeUnits[unit]) };
  const { shape } = contactSchema;
  return {
    contact,
    faults: [
      ...(shape.phone.safeParse(contact.phone).success ? [] : (['phone'] as const)),
      ...(shape.timeOutSeconds.safeParse(contact.timeOutSeconds).success ? [] : (['timeOut'] as const)),
    ],
  };
}

/** What suits most: a company's tax ID is needed for its invoice, and the rest helps. */
export const suggestedFields: AuthFields = {
  person: { phone: 'optional', email: 'optional', custom: [] },
  company: {
    taxNumber: 'required',
    address: 'optional',
    phone: 'optional',
    bankName: 'optional',
    bankAccount: 'optional',
    custom: [],
  },
};

export type Group = keyof AuthFields;
export const groups = ['person', 'company'] as const satisfies readonly Group[];

/** The fields of each group, in the order of WeChat's page. */
export const fieldNames = {
  person: ['phone', 'email'],
  company: ['taxNumber', 'address', 'phone', 'bankName', 'bankAccount'],
} as const;
export type FieldName = (typeof fieldNames)[Group][number];

/** A choice for a field of a group; the group has no other fields than its own. */
export function choiceOf(fields: AuthFields, group: Group, name: FieldName) {
  const choices: Partial<Record<FieldName, AuthFields['person']['phone']>> = fields[group];
  return choices[name] ?? 'hidden';
}

export const longestKey = 5;
const longestNotice = 60;

/** What is wrong with the n-th field of a merchant's own. */
export function customFault(custom: readonly CustomField[], index: number): 'key' | 'twice' | 'notice' | undefined {
  const field = custom[index];
  const key = field?.key.trim() ?? '';
  if (key === '' || [...key].length > longestKey) return 'key';
  if (custom.some((other, place) => place !== index && other.key.trim() === key)) return 'twice';
  return (field?.notice ?? '').trim().length > longestNotice ? 'notice' : undefined;
}

/** Whether fields can be saved as they are. */
export function hasCustomFault(fields: AuthFields): boolean {
  return groups.some((group) =>
    fields[group].custom.some((_, index) => customFault(fields[group].custom, index) !== undefined),
  );
}
