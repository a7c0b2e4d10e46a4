import type { TemplateContent } from '../../shared/contract/account-operations.ts';
import type { AuthFields, Contact } from '../../shared/contract/merchant-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { AuthorisationKind, OrderSource, UserTitle } from '../../shared/invoice/order.ts';
import type { Result } from '../../shared/result.ts';
import type { ReimburseStatus } from '../../shared/wechat/reimburse-status.ts';

export interface PlatformId {
  readonly invoiceUrl: string;
  /** s_pappid, exactly as it stands in the address. */
  readonly platformId: string;
  /** Whether it decodes to this account's appid. The format is undocumented: a warning at most. */
  readonly prefix: 'matches' | 'differs' | 'unreadable';
}

/** A file to send. It is read from disk while it is sent, and again where the call has to be repeated. */
export interface FileToSend {
  readonly path: string;
  /** The name WeChat is told. */
  readonly fileName: string;
}

/**
 * What is known after an insert.
 * - `issued`: errcode 0; `code` is null where the answer lacks it.
 * - `refused`: WeChat answered with an errcode, the card was not made.
 * - `not-sent`: certain that WeChat has not processed it: no byte of it left this machine, or it was turned away for its
 *   token and no new token could be had.
 * - `unknown`: it went out and nothing that settles it came back. Errcode -1 belongs here (`system-error`): WeChat gives
 *   it for its own faults, after which nobody knows how far it came.
 */
export type InsertAnswer =
  | {
      readonly kind: 'issued';
      readonly code: string | null;
      readonly openid: string | null;
      readonly unionid: string | null;
    }
  | { readonly kind: 'refused'; readonly errcode: number; readonly error: AppError }
  | { readonly kind: 'not-sent'; readonly error: AppError }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason; readonly error: AppError };

export type UnknownReason = 'timeout' | 'connection-lost' | 'http-status' | 'not-understood' | 'system-error';

/** WeChat's invoicing API for one account. Every failure that can be expected is returned. */
export interface WeChatClient {
  /** Asks WeChat for the access token even where one is at hand: the account check. */
  fetchToken(): Promise<Result<{ readonly expiresInSeconds: number }, AppError>>;
  /** API section 1. */
  obtainPlatformId(): Promise<Result<PlatformId, AppError>>;
  /** API section 2. */
  createTemplate(content: TemplateContent): Promise<Result<{ readonly cardId: string }, AppError>>;
  /** A JPG or PNG below 1 MB, for `logoUrl` of a template. */
  uploadLogo(file: FileToSend): Promise<Result<{ readonly url: string }, AppError>>;
  /** API section 3. */
  uploadPdf(file: FileToSend & { readonly sizeBytes: number }): Promise<Result<{ readonly mediaId: string }, AppError>>;
  /** API section 4. */
  queryPdf(mediaId: string): Promise<Result<{ readonly url: string; readonly expiresInSeconds: number }, AppError>>;
  /** API section 5, with bytes made by {@link insertRequestBody}. Sent once; repeated only after a refused token. */
  insert(body: Uint8Array): Promise<InsertAnswer>;
  /** API section 6. `code` is the card's code, never the 发票代码. */
  updateStatus(input: StatusChange): Promise<Result<void, AppError>>;
  /** API section 8. Takes the code as it stands in a redirect link, percent-encoded or not. */
  decryptCode(encryptCode: string): Promise<Result<{ readonly code: string }, AppError>>;
  /** `setbizattr?action=get_contact`. Null: it was never set (72063). */
  readContact(): Promise<Result<Contact | null, AppError>>;
  /** `setbizattr?action=set_contact`. */
  saveContact(contact: Contact): Promise<Result<void, AppError>>;
  /** `setbizattr?action=get_auth_field`. Null: they were never set (72029). */
  readAuthFields(): Promise<Result<AuthFields | null, AppError>>;
  /** `setbizattr?action=set_auth_field`. */
  saveAuthFields(fields: AuthFields): Promise<Result<void, AppError>>;
  /** `getauthurl`, with the account's card ticket, which is kept as long as it is valid. */
  requestAuthorisation(order: AuthorisationRequest): Promise<Result<AuthorisationLink, AppError>>;
  /** `getauthdata`: whether the customer has authorised, and the title that was filled in. */
  queryAuthorisation(order: OrderOfPlatform): Promise<Result<Authorisation, AppError>>;
  /** `rejectinsert`. For ever: the order can neither be authorised nor inserted again (72035). */
  rejectOrder(
    order: OrderOfPlatform & { readonly reason: string; readonly url: string },
  ): Promise<Result<void, AppError>>;
  /** Lets calls under way finish and closes the connections; later calls answer that nothing was sent. */
  close(): Promise<void>;
}

export interface OrderOfPlatform {
  /** s_pappid. */
  readonly platformId: string;
  readonly orderId: string;
}

export interface AuthorisationRequest extends OrderOfPlatform {
  /** Fen. */
  readonly moneyFen: number;
  readonly kind: AuthorisationKind;
  readonly source: OrderSource;
  /** Empty: nowhere. */
  readonly redirectUrl: string;
}

export interface AuthorisationLink {
  readonly url: string;
  /** The mini program that opens it, where `source` is wxa. */
  readonly appid: string | null;
}

export interface Authorisation {
  /** `unknown`: WeChat answered with words that no document lists. */
  readonly state: 'authorised' | 'waiting' | 'unknown';
  /** invoice_status as it came. */
  readonly status: string;
  /** Seconds since 1970; null where it is not authorised. */
  readonly authorisedAtSeconds: number | null;
  readonly title: UserTitle | null;
}

export interface StatusChange {
  readonly cardId: string;
  readonly code: string;
  readonly status: ReimburseStatus;
}
