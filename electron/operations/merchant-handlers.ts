import type { Handlers } from '../../shared/contract/contract.ts';
import { ok } from '../../shared/result.ts';
import type { HandlerParts } from './handler-parts.ts';

type Names = Extract<keyof Handlers, `merchant.${string}`>;

/** The merchant's side of an account, which WeChat keeps. */
export function createMerchantHandlers({ clients, emit }: HandlerParts): Pick<Handlers, Names> {
  return {
    'merchant.readContact': async ({ accountId }) => {
      const client = await clients.of(accountId);
      if (!client.ok) return client;
      const contact = await client.value.readContact();
      return contact.ok ? ok({ contact: contact.value }) : contact;
    },
    'merchant.saveContact': async ({ accountId, contact }) => {
      const client = await clients.of(accountId);
      if (!client.ok) return client;
      const saved = await client.value.saveContact(contact);
      if (!saved.ok) return saved;
      emit('record.changed', { kind: 'account', id: accountId });
      return ok({ contact });
    },
    'merchant.readAuthFields': async ({ accountId }) => {
      const client = await clients.of(accountId);
      if (!client.ok) return client;
      const fields = await client.value.readAuthFields();
      return fields.ok ? ok({ fields: fields.value }) : fields;
    },
    'merchant.saveAuthFields': async ({ accountId, fields }) => {
      const client = await clients.of(accountId);
      if (!client.ok) return client;
      const saved = await client.value.saveAuthFields(fields);
      if (!saved.ok) return saved;
      emit('record.changed', { kind: 'account', id: accountId });
      return ok({ fields });
    },
  };
}
