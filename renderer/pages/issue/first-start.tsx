import { ExperimentOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useAccounts } from '../../app/accounts.tsx';
import { addPracticeAccount } from '../../app/add-practice-account.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { spinning } from '../../components/spinning.tsx';

/** What the page is for, and the two ways to begin. */
export function FirstStart({ onBegun }: { readonly onBegun: (begun: boolean) => void }) {
  const { t } = useTranslation();
  const { choose } = useAccounts();
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError>();
  const [account, setAccount] = useState<Account>();
  const practise = async (): Promise<AppError | undefined> => {
    // A second try goes on with the account that the first one made.
    const made = await addPracticeAccount(t, t('practice.account'), account, setAccount);
    return made.ok ? choose(made.value.id) : made.error;
  };
  const begin = async () => {
    setBusy(true);
    onBegun(true);
    const failed = await practise();
    setError(failed);
    setBusy(false);
    // With an account but no template the page would open without a word about what went wrong.
    if (!failed) onBegun(false);
  };
  return (
    <div className="first-start">
      <h2>{t('start.title')}</h2>
      <p className="lead">{t('start.text')}</p>
      <ol>
        <li>{t('start.stepPdf')}</li>
        <li>{t('start.stepForm')}</li>
        <li>{t('start.stepIssue')}</li>
      </ol>
      <div className="start-ways">
        <section>
          <h3>{t('start.practiceTitle')}</h3>
          <p>{t('start.practiceText')}</p>
          <Button
            type="primary"
            size="large"
            icon={<ExperimentOutlined aria-hidden="true" />}
            loading={spinning(busy)}
            onClick={() => void begin()}
          >
            {t('start.practiceButton')}
          </Button>
        </section>
        <section>
          <h3>{t('start.realTitle')}</h3>
          <p>{t('start.realText')}</p>
          <Button
            size="large"
            icon={<SafetyCertificateOutlined aria-hidden="true" />}
            onClick={() => navigate('/issue/setup')}
          >
            {t('start.realButton')}
          </Button>
        </section>
      </div>
      {error && <ErrorNotice error={error} actions={{ retry: () => void begin() }} />}
    </div>
  );
}
