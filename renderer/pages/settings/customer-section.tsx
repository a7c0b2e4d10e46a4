import { useTranslation } from 'react-i18next';
import { AccountNeeded } from '../../app/account-needed.tsx';
import { AccountName } from '../../components/account-name.tsx';
import { AuthFieldsPanel } from './auth-fields-panel.tsx';
import { ContactPanel } from './contact-panel.tsx';
import './merchant.css';

/** What the customers of the account see and are asked in WeChat. */
export function CustomerSection() {
  const { t } = useTranslation();
  return (
    <AccountNeeded reason={t('merchant.noAccount')}>
      {(account) => (
        <div key={account.id} className="settings-section">
          <div className="settings-head">
            <p className="lead">{t('merchant.lead')}</p>
            <AccountName account={account} />
          </div>
          <ContactPanel account={account} />
          <AuthFieldsPanel account={account} />
        </div>
      )}
    </AccountNeeded>
  );
}
