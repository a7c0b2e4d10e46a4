import { Button, Empty } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Account } from '../../shared/contract/account-operations.ts';
import { AccountName } from '../components/account-name.tsx';
import { useAccounts } from './accounts.tsx';

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

/** In place of a page that shows an account's records, while there is no account. */
export function NoAccountYet({ reason }: { readonly reason: string }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <Empty className="page-empty" description={reason}>
      <Button type="primary" onClick={() => navigate('/issue')}>
        {t('templates.toStart')}
      </Button>
    </Empty>
  );
}

/** A page of one account: asks for the account where there is none to show it for. */
export function AccountNeeded(props: {
  /** Why the page needs an account. */
  readonly reason: string;
  readonly children: (account: Account) => ReactNode;
}) {
  const { reason, children } = props;
  const { accounts, current } = useAccounts();
  if (current) return children(current);
  return accounts.length > 0 ? <AccountChoice /> : <NoAccountYet reason={reason} />;
}
