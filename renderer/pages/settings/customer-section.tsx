import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/account-operations.ts';
import { useOperation } from '../../api/queries.ts';
import { AccountNeeded } from '../../app/account-needed.tsx';
import { AccountName } from '../../components/account-name.tsx';
import { AuthFieldsPanel } from './auth-fields-panel.tsx';
import { ContactPanel } from './contact-panel.tsx';
import './merchant.css';

function AccountCustomers({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const contact = useOperation('merchant.readContact', { accountId: account.id });
  return (
    <div className="settings-section">
      <div className="settings-head">
        <p className="lead">{t('merchant.lead')}</p>
        <AccountName account={account} />
      </div>
      <ContactPanel account={account} reading={contact} />
      <AuthFieldsPanel account={account} contact={contact.data?.contact ?? null} />
    </div>
  );
}

/** What the customers of the account see and are asked in WeChat. */
export function CustomerSection() {
  const { t } = useTranslation();
  return (
    <AccountNeeded reason={t('merchant.noAccount')}>
      {(account) => <AccountCustomers key={account.id} account={account} />}
    </AccountNeeded>
  );
}
