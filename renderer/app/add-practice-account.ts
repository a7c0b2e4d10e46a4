import type { TFunction } from 'i18next';
import type { Account } from '../../shared/contract/account-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { ok, type Result } from '../../shared/result.ts';
import { call } from '../api/call.ts';
import { practiceTemplate } from '../components/template/template-form.ts';

/**
 * A practice account with its card template, ready to issue.
 * @param known the account that an earlier try made, to go on with
 * @param onMade told of the account before its template is there
 */
export async function addPracticeAccount(
  t: TFunction,
  name: string,
  known?: Account,
  onMade?: (account: Account) => void,
): Promise<Result<Account, AppError>> {
  const made = known ? ok(known) : await call('account.create', { name, kind: 'practice' });
  if (!made.ok) return made;
  onMade?.(made.value);
  const content = practiceTemplate({
    payee: t('practice.payee'),
    type: t('practice.type'),
    title: t('practice.title'),
  });
  const template = await call('template.create', { accountId: made.value.id, content });
  return template.ok ? made : template;
}
