import { Button, Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useAccounts } from '../app/accounts.tsx';
import { AccountName } from './account-name.tsx';

/** Several accounts and none chosen: nobody is to work for the wrong company by accident. */
export function AccountChoice() {
  const { t } = useTranslation();
  const { accounts, choose } = useAccounts();
  return (
    <Empty className="page-empty" description={t('account.chooseFirst')}>
      <div className="account-choice">
        {accounts.map((account) => (
          <Button key={account.id} onClick={() => void choose(account.id)}>
            <AccountName account={account} />
          </Button>
        ))}
      </div>
    </Empty>
  );
}

/** In place of a page that works for one account, while there is none or none is chosen. */
export function AccountNeeded({ purpose }: { readonly purpose: string }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { accounts } = useAccounts();
  if (accounts.length > 0) return <AccountChoice />;
  return (
    <Empty className="page-empty" description={purpose}>
      <Button type="primary" onClick={() => navigate('/issue')}>
        {t('nav.issue')}
      </Button>
    </Empty>
  );
}
