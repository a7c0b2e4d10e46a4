import { CheckCircleFilled, WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useStep } from '../../api/use-step.ts';
import { AccountName } from '../../components/account-name.tsx';
import { ContactState } from '../../components/contact-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { spinning } from '../../components/spinning.tsx';

function Mark({ good, word }: { readonly good: boolean; readonly word: string }) {
  return (
    <span className={good ? 'health-good' : 'health-warn'}>
      {good ? <CheckCircleFilled aria-hidden="true" /> : <WarningFilled aria-hidden="true" />}
      {word}
    </span>
  );
}

/** What the records say of the account; WeChat is asked only when somebody asks for it. */
export function AccountHealth({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const step = useStep();
  const [checked, setChecked] = useState<OutputOf<'account.check'>>();
  const check = async () => {
    setChecked(await step.run('account.check', { accountId: account.id }));
  };
  return (
    <section className="overview-panel" aria-labelledby="overview-health">
      <h2 id="overview-health">{t('overview.health.title')}</h2>
      <AccountName account={account} />
      <dl className="facts health-facts">
        <dt>{t('overview.health.secret')}</dt>
        <dd>
          <Mark
            good={!['missing', 'unreadable'].includes(account.secretPlace)}
            word={t(`settings.secretPlace.${account.secretPlace}`)}
          />
        </dd>
        {account.kind === 'wechat' && (
          <>
            <dt>{t('overview.health.platform')}</dt>
            <dd>
              <Mark
                good={account.platformId !== null}
                word={t(
                  account.platformId === null ? 'overview.health.platformMissing' : 'overview.health.platformThere',
                )}
              />
            </dd>
          </>
        )}
      </dl>
      <div className="health-tools">
        <Button loading={spinning(step.busy)} onClick={() => void check()}>
          {t('overview.health.check')}
        </Button>
        <Button type="link" onClick={() => navigate('/settings/accounts')}>
          {t('overview.health.more')}
        </Button>
      </div>
      <div aria-live="polite">
        {checked && (
          <>
            <p className="note health-good">
              {t('overview.health.checked', { seconds: checked.tokenExpiresInSeconds })}
            </p>
            <ContactState contact={checked.contact} />
          </>
        )}
      </div>
      {step.error && (
        <ErrorNotice
          error={step.error}
          actions={{ retry: () => void check(), 'open-account': () => navigate('/settings/accounts') }}
        />
      )}
    </section>
  );
}
