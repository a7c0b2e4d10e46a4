import type { JsonObject } from './call.ts';
import type { BuyerRecord, OrderRecord } from './practice-types.ts';

/** Books of an earlier version do not say whose title it is. */
function isCompany({ kind, taxNumber }: BuyerRecord): boolean {
  return kind === undefined ? taxNumber !== '' : kind === 'company';
}

/** `user_auth_info` of getauthdata: what the customer typed on a page of type 1, a person's or a company's. */
export function toUserInfo({ buyer, type }: OrderRecord): JsonObject {
  if (type !== 1 || buyer === null) return {};
  const { title, taxNumber, address = '', phone = '', bankName = '', bankAccount = '', email = '' } = buyer;
  const custom_field = buyer.custom ?? [];
  const info = isCompany(buyer)
    ? {
        biz_field: {
          title,
          tax_no: taxNumber,
          addr: address,
          phone,
          bank_type: bankName,
          bank_no: bankAccount,
          custom_field,
        },
      }
    : { user_field: { title, phone, email, custom_field } };
  return { user_auth_info: info };
}
