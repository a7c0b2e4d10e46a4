import * as z from 'zod';
import type { AuthFields, Contact, CustomField, FieldChoice } from '../../shared/contract/merchant-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { ok, type Result } from '../../shared/result.ts';
import { doneSchema, secondsSchema, textSchema } from './answer.ts';
import type { Call, Caller } from './call.ts';
import { encodeJson } from './json.ts';

type Action = 'get_contact' | 'set_contact' | 'get_auth_field' | 'set_auth_field';

/** `setbizattr`. All its actions may be repeated: what is set twice is as if it were set once. */
function attributeCall<Value>(action: Action, body: object, schema: z.ZodType<Value>): Call<Value> {
  return {
    name: 'setbizattr',
    path: `/card/invoice/setbizattr?action=${action}`,
    isRead: true,
    body: () => encodeJson(body),
    schema,
  };
}

/** An attribute, or null where WeChat answers that it was never set. */
async function readAttribute<Value>(
  caller: Caller,
  call: Call<Value>,
  neverSet: number,
): Promise<Result<Value | null, AppError>> {
  const answer = await caller.call(call);
  return !answer.ok && answer.error.code === `wechat.${neverSet}` ? ok(null) : answer;
}

async function saveAttribute(caller: Caller, action: Action, body: object): Promise<Result<void, AppError>> {
  const answer = await caller.call(attributeCall(action, body, doneSchema));
  return answer.ok ? ok(undefined) : answer;
}

// The documents write `time_out`; a user reports that an account answers `timeOut`.
const contactAnswerSchema = z.object({
  contact: z.preprocess(
    (value) => (isObject(value) && value['time_out'] === undefined ? { ...value, time_out: value['timeOut'] } : value),
    z.object({ phone: textSchema, time_out: secondsSchema }),
  ),
});

/** `setbizattr?action=get_contact`. */
export async function readContact(caller: Caller): Promise<Result<Contact | null, AppError>> {
  const answer = await readAttribute(caller, attributeCall('get_contact', {}, contactAnswerSchema), 72063);
  if (!answer.ok || answer.value === null) return answer.ok ? ok(null) : answer;
  const { phone, time_out: timeOutSeconds } = answer.value.contact;
  return ok(phone === '' ? null : { phone, timeOutSeconds });
}

/** `setbizattr?action=set_contact`. */
export function saveContact(caller: Caller, { phone, timeOutSeconds }: Contact): Promise<Result<void, AppError>> {
  return saveAttribute(caller, 'set_contact', { contact: { phone, time_out: timeOutSeconds } });
}

/** The app's fields in WeChat's words. `show_` and `require_` stand before each. */
const personFields = { phone: 'phone', email: 'email' } as const;
const companyFields = {
  taxNumber: 'tax_no',
  address: 'addr',
  phone: 'phone',
  bankName: 'bank_type',
  bankAccount: 'bank_no',
} as const;

type Flags = Readonly<Record<string, unknown>>;

/** A flag is 0 or 1; texts and truth values are taken too. */
function isOn(flag: unknown): boolean {
  return ['1', 'true'].includes(String(flag).trim().toLowerCase());
}

function flagsOf(wireName: string, choice: FieldChoice): Flags {
  return {
    [`show_${wireName}`]: choice === 'hidden' ? 0 : 1,
    [`require_${wireName}`]: choice === 'required' ? 1 : 0,
  };
}

function choiceOf(flags: Flags, wireName: string): FieldChoice {
  if (!isOn(flags[`show_${wireName}`])) return 'hidden';
  return isOn(flags[`require_${wireName}`]) ? 'required' : 'optional';
}

function toWireCustom(fields: readonly CustomField[]): object {
  return fields.map(({ key, isRequired, notice }) => ({ key, is_require: isRequired ? 1 : 0, notice }));
}

function fromWireCustom(value: unknown): CustomField[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.filter(isObject).flatMap((item) => {
    const key = textSchema.parse(item['key']);
    if (key === '') return [];
    return [{ key, isRequired: isOn(item['is_require']), notice: textSchema.parse(item['notice']) }];
  });
}

/** `auth_field` of set_auth_field. The title is always asked. */
export function toAuthField({ person, company }: AuthFields): object {
  return {
    user_field: {
      show_title: 1,
      ...flagsOf(personFields.phone, person.phone),
      ...flagsOf(personFields.email, person.email),
      custom_field: toWireCustom(person.custom),
    },
    biz_field: {
      show_title: 1,
      ...flagsOf(companyFields.taxNumber, company.taxNumber),
      ...flagsOf(companyFields.address, company.address),
      ...flagsOf(companyFields.phone, company.phone),
      ...flagsOf(companyFields.bankName, company.bankName),
      ...flagsOf(companyFields.bankAccount, company.bankAccount),
      custom_field: toWireCustom(company.custom),
    },
  };
}

/** The fields in `auth_field` of get_auth_field, whatever is missing there being hidden. */
export function fromAuthField(authField: unknown): AuthFields {
  const whole = isObject(authField) ? authField : {};
  const person = isObject(whole['user_field']) ? whole['user_field'] : {};
  const company = isObject(whole['biz_field']) ? whole['biz_field'] : {};
  return {
    person: {
      phone: choiceOf(person, personFields.phone),
      email: choiceOf(person, personFields.email),
      custom: fromWireCustom(person['custom_field']),
    },
    company: {
      taxNumber: choiceOf(company, companyFields.taxNumber),
      address: choiceOf(company, companyFields.address),
      phone: choiceOf(company, companyFields.phone),
      bankName: choiceOf(company, companyFields.bankName),
      bankAccount: choiceOf(company, companyFields.bankAccount),
      custom: fromWireCustom(company['custom_field']),
    },
  };
}

const authFieldAnswerSchema = z.object({ auth_field: z.looseObject({}).transform(fromAuthField) });

/** `setbizattr?action=get_auth_field`. */
export async function readAuthFields(caller: Caller): Promise<Result<AuthFields | null, AppError>> {
  const answer = await readAttribute(caller, attributeCall('get_auth_field', {}, authFieldAnswerSchema), 72029);
  return answer.ok ? ok(answer.value?.auth_field ?? null) : answer;
}

/** `setbizattr?action=set_auth_field`. */
export function saveAuthFields(caller: Caller, fields: AuthFields): Promise<Result<void, AppError>> {
  return saveAttribute(caller, 'set_auth_field', { auth_field: toAuthField(fields) });
}

function isObject(value: unknown): value is Flags {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
