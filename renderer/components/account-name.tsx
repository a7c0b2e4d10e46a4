import { Tag, theme } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../shared/contract/account-operations.ts';
import { accountColour } from '../app/tokens.ts';

/** An account as it is shown everywhere: its colour, its name, and whether it is for practice. */
export function AccountName({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  return (
    <span className="account-name">
      <span className="account-dot" style={{ background: accountColour(token, account.colour) }} aria-hidden="true" />
      <span className="account-words">{account.name}</span>
      {account.kind === 'practice' && <Tag variant="filled">{t('account.practice')}</Tag>}
    </span>
  );
}
