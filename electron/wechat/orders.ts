import * as z from 'zod';
import type { AppError } from '../../shared/errors/app-error.ts';
import { authorisationTypes, type UserTitle } from '../../shared/invoice/order.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../support/clock.ts';
import { doneSchema, idSchema, optionalIdSchema, secondsSchema, textSchema } from './answer.ts';
import type { Caller } from './call.ts';
import type { TicketStore } from './card-ticket.ts';
import type { Authorisation, AuthorisationLink, AuthorisationRequest, OrderOfPlatform } from './client-types.ts';
import { encodeJson } from './json.ts';

interface RequestParts {
  readonly caller: Caller;
  readonly tickets: TicketStore;
  readonly clock: Clock;
}

const linkSchema = z.object({ auth_url: z.string().trim().min(1), appid: optionalIdSchema });

/** `getauthurl`. A ticket that WeChat turns away is replaced once and the call repeated once, never more. */
export async function requestAuthorisation(
  { caller, tickets, clock }: RequestParts,
  order: AuthorisationRequest,
): Promise<Result<AuthorisationLink, AppError>> {
  const ask = async (ticket: string): Promise<Result<AuthorisationLink, AppError>> => {
    const answer = await caller.call({
      name: 'getauthurl',
      path: '/card/invoice/getauthurl',
      // The same order gets the same link: nothing happens until its customer presses.
      isRead: true,
      body: () => encodeJson(linkRequest(order, Math.floor(clock.now() / 1000), ticket)),
      schema: linkSchema,
    });
    return answer.ok ? ok({ url: answer.value.auth_url, appid: answer.value.appid }) : answer;
  };
  const ticket = await tickets.obtain();
  if (!ticket.ok) return ticket;
  const first = await ask(ticket.value);
  if (first.ok || !isAboutTicket(first.error)) return first;
  const other = await tickets.replace(ticket.value);
  if (!other.ok) return other;
  return other.value === ticket.value ? first : ask(other.value);
}

function linkRequest(order: AuthorisationRequest, timestamp: number, ticket: string): object {
  return {
    s_pappid: order.platformId,
    order_id: order.orderId,
    money: order.moneyFen,
    timestamp,
    source: order.source,
    ...(order.redirectUrl === '' ? {} : { redirect_url: order.redirectUrl }),
    ticket,
    type: authorisationTypes[order.kind],
  };
}

/** There is no code of its own for a bad ticket: 72031 names the parameter in its words only. */
function isAboutTicket({ code, details }: AppError): boolean {
  return code === 'wechat.72031' && /\bticket\b/i.test(String(details['errmsg']));
}

const states: Readonly<Record<string, Authorisation['state']>> = {
  'auth success': 'authorised',
  'never auth': 'waiting',
};

const authorisationSchema = z.object({
  invoice_status: idSchema,
  auth_time: secondsSchema.nullish().catch(null),
  user_auth_info: z.unknown().optional(),
});

/** `getauthdata`. */
export async function queryAuthorisation(
  caller: Caller,
  { platformId, orderId }: OrderOfPlatform,
): Promise<Result<Authorisation, AppError>> {
  const answer = await caller.call({
    name: 'getauthdata',
    path: '/card/invoice/getauthdata',
    isRead: true,
    body: () => encodeJson({ s_pappid: platformId, order_id: orderId }),
    schema: authorisationSchema,
  });
  if (!answer.ok) return answer;
  const { invoice_status: status, auth_time: time, user_auth_info: info } = answer.value;
  const state = states[status.trim().toLowerCase()] ?? 'unknown';
  return ok({
    state,
    status,
    authorisedAtSeconds: state === 'authorised' ? (time ?? null) : null,
    title: readUserTitle(info),
  });
}

const customSchema = z
  .array(z.object({ key: textSchema, value: textSchema }).catch({ key: '', value: '' }))
  .transform((fields) => fields.filter(({ key }) => key !== ''))
  .catch([]);

const personSchema = z.object({ title: textSchema, phone: textSchema, email: textSchema, custom_field: customSchema });
const companySchema = z.object({
  title: textSchema,
  tax_no: textSchema,
  addr: textSchema,
  phone: textSchema,
  bank_type: textSchema,
  bank_no: textSchema,
  custom_field: customSchema,
});
const infoSchema = z.object({
  user_field: personSchema.optional().catch(undefined),
  biz_field: companySchema.optional().catch(undefined),
});

/** The title in `user_auth_info`, a person's or a company's; null where there is none, or an empty one. */
export function readUserTitle(info: unknown): UserTitle | null {
  const read = infoSchema.safeParse(info);
  if (!read.success) return null;
  const { user_field: person, biz_field: company } = read.data;
  const titles = [company && toCompanyTitle(company), person && toPersonTitle(person)].filter((title) => !!title);
  return titles.find(({ title }) => title !== '') ?? titles.find(hasContent) ?? null;
}

function toCompanyTitle(field: z.output<typeof companySchema>): UserTitle {
  return {
    kind: 'company',
    title: field.title,
    taxNumber: field.tax_no,
    address: field.addr,
    phone: field.phone,
    bankName: field.bank_type,
    bankAccount: field.bank_no,
    email: '',
    custom: field.custom_field,
  };
}

function toPersonTitle(field: z.output<typeof personSchema>): UserTitle {
  return {
    kind: 'person',
    title: field.title,
    taxNumber: '',
    address: '',
    phone: field.phone,
    bankName: '',
    bankAccount: '',
    email: field.email,
    custom: field.custom_field,
  };
}

function hasContent({ kind: _kind, custom, ...texts }: UserTitle): boolean {
  return custom.length > 0 || Object.values(texts).some((text) => text !== '');
}

/** `rejectinsert`. Not repeated where the connection is lost: the customer is told each time. */
export async function rejectOrder(
  caller: Caller,
  order: OrderOfPlatform & { readonly reason: string; readonly url: string },
): Promise<Result<void, AppError>> {
  const { platformId, orderId, reason, url } = order;
  const answer = await caller.call({
    name: 'rejectinsert',
    path: '/card/invoice/rejectinsert',
    body: () => encodeJson({ s_pappid: platformId, order_id: orderId, reason, ...(url === '' ? {} : { url }) }),
    schema: doneSchema,
  });
  return answer.ok ? ok(undefined) : answer;
}
