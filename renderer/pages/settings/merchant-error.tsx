import type { Account } from '../../../shared/contract/account-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useAccounts } from '../../app/accounts.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';

/** Why WeChat was not read or written. */
export function MerchantError(props: {
  readonly account: Account;
  readonly error: AppError;
  readonly onRetry: () => void;
  readonly onClose?: () => void;
}) {
  const { account, error, onRetry, onClose } = props;
  const { edit } = useAccounts();
  return (
    <ErrorNotice
      error={error}
      actions={{
        retry: onRetry,
        'ask-again': onRetry,
        'open-console': () => window.open('https://mp.weixin.qq.com/'),
        ...(account.kind === 'wechat' ? { 'open-account': () => edit(account) } : {}),
      }}
      {...(onClose ? { onClose } : {})}
    />
  );
}
