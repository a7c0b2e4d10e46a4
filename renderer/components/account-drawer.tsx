import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../shared/contract/account-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { AccountForm } from './account-form.tsx';

/** A real account: its name, AppID and AppSecret, checked with WeChat before it is used. */
export function AccountDrawer(props: {
  readonly account: Account | 'new' | null;
  readonly onClose: () => void;
  readonly onChosen: (accountId: number) => Promise<AppError | undefined>;
}) {
  const { account, onClose, onChosen } = props;
  const { t } = useTranslation();
  return (
    <Drawer open={account !== null} onClose={onClose} title={t('account.formTitle')} size={440} destroyOnHidden>
      {account && (
        <AccountForm check existing={account === 'new' ? undefined : account} onChosen={onChosen} onDone={onClose} />
      )}
    </Drawer>
  );
}
