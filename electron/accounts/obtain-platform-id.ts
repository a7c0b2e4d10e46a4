import type { Emit } from '../../shared/contract/events.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { AccountRepository } from '../records/account-repository.ts';
import type { WeChatClient } from '../wechat/client.ts';
import type { PlatformId } from '../wechat/client-types.ts';

/** Asks WeChat for an account's s_pappid and keeps it (API section 1). */
export async function obtainPlatformId(
  { accounts, emit }: { readonly accounts: AccountRepository; readonly emit: Emit },
  accountId: number,
  client: WeChatClient,
): Promise<Result<PlatformId, AppError>> {
  const answer = await client.obtainPlatformId();
  if (!answer.ok) return answer;
  const { platformId, invoiceUrl, prefix } = answer.value;
  accounts.setPlatform(accountId, { platformId, invoiceUrl });
  emit('record.changed', { kind: 'account', id: accountId });
  return ok({ platformId, invoiceUrl, prefix });
}
