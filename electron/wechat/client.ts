import type { AppError } from '../../shared/errors/app-error.ts';
import type { Result } from '../../shared/result.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { createTokenStore } from './access-token.ts';
import { createCaller } from './call.ts';
import { createTicketStore } from './card-ticket.ts';
import { decryptCode, updateStatus } from './cards.ts';
import type { WeChatClient } from './client-types.ts';
import { insertCard } from './insert.ts';
import { readAuthFields, readContact, saveAuthFields, saveContact } from './merchant.ts';
import { queryAuthorisation, rejectOrder, requestAuthorisation } from './orders.ts';
import { queryPdf, uploadPdf } from './pdfs.ts';
import { obtainPlatformId } from './platform.ts';
import { createTemplate, uploadLogo } from './templates.ts';
import { createTransport, type Timeouts } from './transport.ts';
import type { Tunnel } from './tunnel.ts';

export type { InsertAnswer, WeChatClient } from './client-types.ts';

export interface WeChatClientOptions {
  /** Where the API is: `https://api.weixin.qq.com`, or a practice server on this computer. */
  readonly baseUrl: string;
  readonly appid: string;
  /** Asked each time a token is fetched; the client keeps no secret. */
  readSecret(): Promise<Result<string, AppError>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly timeouts?: Partial<Timeouts>;
  /** A relay that the calls go through. */
  readonly tunnel?: Tunnel;
}

/** A client with its own connections and its own access token, to be shared by everything done for the account. */
export function createWeChatClient(options: WeChatClientOptions): WeChatClient {
  const transport = createTransport(options.baseUrl, options.timeouts, options.tunnel);
  const tokens = createTokenStore({ ...options, transport });
  const caller = createCaller({ ...options, transport, tokens });
  const tickets = createTicketStore({ ...options, caller });
  return {
    fetchToken: tokens.fetchAnew,
    obtainPlatformId: () => obtainPlatformId(caller, options.appid),
    createTemplate: (content) => createTemplate(caller, content),
    uploadLogo: (file) => uploadLogo(caller, file),
    uploadPdf: (file) => uploadPdf(caller, file),
    queryPdf: (mediaId) => queryPdf(caller, mediaId),
    insert: (body) => insertCard(caller, body),
    updateStatus: (input) => updateStatus(caller, input),
    decryptCode: (encryptCode) => decryptCode(caller, encryptCode),
    readContact: () => readContact(caller),
    saveContact: (contact) => saveContact(caller, contact),
    readAuthFields: () => readAuthFields(caller),
    saveAuthFields: (fields) => saveAuthFields(caller, fields),
    requestAuthorisation: (order) => requestAuthorisation({ ...options, caller, tickets }, order),
    queryAuthorisation: (order) => queryAuthorisation(caller, order),
    rejectOrder: (order) => rejectOrder(caller, order),
    close: transport.close,
  };
}
