import { ExperimentOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Empty } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useAccounts } from '../../app/accounts.tsx';
import { addPracticeAccount } from '../../app/add-practice-account.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { spinning } from '../../components/spinning.tsx';
import { AccountPanel } from './account-panel.tsx';

/** The first name for a practice account that no account has. */
function useFreeName(): string {
  const { t } = useTranslation();
  const { accounts } = useAccounts();
  const taken = new Set(accounts.map(({ name }) => name));
  const nameOf = (number: number) =>
    number === 1 ? t('practice.account') : t('settings.accounts.practiceName', { number });
  let number = 1;
  while (taken.has(nameOf(number))) number += 1;
  return nameOf(number);
}

export function AccountsSection() {
  const { t } = useTranslation();
  const { accounts, edit } = useAccounts();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError>();
  const freeName = useFreeName();
  const addPractice = async () => {
    setBusy(true);
    const added = await addPracticeAccount(t, freeName);
    setBusy(false);
    setError(added.ok ? undefined : added.error);
  };
  return (
    <div className="settings-section">
      <div className="settings-head">
        <p className="lead">{t('settings.accounts.lead')}</p>
        <div className="settings-tools">
          <Button
            icon={<ExperimentOutlined aria-hidden="true" />}
            loading={spinning(busy)}
            onClick={() => void addPractice()}
          >
            {t('settings.accounts.addPractice')}
          </Button>
          <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => edit('new')}>
            {t('account.addReal')}
          </Button>
        </div>
      </div>
      {error && <ErrorNotice error={error} onClose={() => setError(undefined)} />}
      {accounts.length === 0 && <Empty description={t('settings.accounts.empty')} />}
      {accounts.map((account) => (
        <AccountPanel key={account.id} account={account} />
      ))}
    </div>
  );
}
