import { Button, Modal, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { type Step, useStep } from '../../api/use-step.ts';
import { useAccounts } from '../../app/accounts.tsx';
import { AccountName } from '../../components/account-name.tsx';
import { ContactState } from '../../components/contact-state.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { spinning } from '../../components/spinning.tsx';
import { AccountLookDialog } from './account-look-dialog.tsx';
import { Facts } from './facts.tsx';

interface PartProps {
  readonly account: Account;
  readonly step: Step;
}

/** Write-only: where the AppSecret is, and the means to put another in its place or to remove it. */
function Secret({ account, step }: PartProps) {
  const { t } = useTranslation();
  const { edit } = useAccounts();
  const [asked, setAsked] = useState(false);
  const { name, secretPlace } = account;
  const isMissing = secretPlace === 'missing';
  const clear = async () => {
    await step.run('credentials.clear', { accountId: account.id });
    setAsked(false);
  };
  if (account.kind === 'practice') return <span>{t('settings.secretPlace.practice')}</span>;
  return (
    <span className="account-fact">
      <span className={isMissing || secretPlace === 'unreadable' ? 'note-warning' : ''}>
        {t(`settings.secretPlace.${secretPlace}`)}
      </span>
      <Button
        size="small"
        aria-label={t(isMissing ? 'settings.accounts.enterName' : 'settings.accounts.replaceName', { name })}
        onClick={() => edit(account)}
      >
        {t(isMissing ? 'settings.accounts.enter' : 'settings.accounts.replace')}
      </Button>
      {['keychain', 'session', 'unreadable'].includes(secretPlace) && (
        <Button
          size="small"
          danger
          aria-label={t('settings.accounts.clearName', { name })}
          onClick={() => setAsked(true)}
        >
          {t('settings.accounts.clear')}
        </Button>
      )}
      <Modal
        open={asked}
        title={t('settings.accounts.clearTitle', { name })}
        okText={t('settings.accounts.clear')}
        okButtonProps={{ danger: true, loading: spinning(step.busy) }}
        cancelText={t('settings.accounts.cancel')}
        onOk={() => void clear()}
        onCancel={() => setAsked(false)}
        destroyOnHidden
      >
        <p>{t('settings.accounts.clearText')}</p>
      </Modal>
    </span>
  );
}

function Platform({ account, step }: PartProps) {
  const { t } = useTranslation();
  const { name, platformId } = account;
  return (
    <span className="account-fact">
      {platformId === null ? (
        <span>{t('settings.accounts.platformMissing')}</span>
      ) : (
        <>
          <code>{platformId}</code>
          <CopyButton text={platformId} what={t('settings.accounts.platform')} />
        </>
      )}
      {platformId === null && (
        <Button
          size="small"
          aria-label={t('settings.accounts.obtainName', { name })}
          onClick={() => void step.run('platform.obtainId', { accountId: account.id })}
        >
          {t('settings.accounts.obtain')}
        </Button>
      )}
    </span>
  );
}

/** One account: who it is, where its secret is, and what can be done with it. */
export function AccountPanel({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const { current, choose, edit } = useAccounts();
  const [, navigate] = useLocation();
  const step = useStep();
  const [isEdited, setEdited] = useState(false);
  const [checked, setChecked] = useState<OutputOf<'account.check'>>();
  const { name } = account;
  const isCurrent = current?.id === account.id;
  const check = async () => {
    setChecked(await step.run('account.check', { accountId: account.id }));
  };
  return (
    <section className="settings-panel" aria-label={name}>
      <div className="settings-head">
        <h2>
          <AccountName account={account} />
          {isCurrent && <Tag color="success">{t('settings.accounts.current')}</Tag>}
        </h2>
        <div className="settings-tools">
          {!isCurrent && (
            <Button
              aria-label={t('settings.accounts.switchToName', { name })}
              onClick={() => void choose(account.id).then(step.setError)}
            >
              {t('settings.accounts.switchTo')}
            </Button>
          )}
          <Button aria-label={t('settings.accounts.editName', { name })} onClick={() => setEdited(true)}>
            {t('settings.accounts.edit')}
          </Button>
          <Button
            aria-label={t('settings.accounts.checkName', { name })}
            loading={spinning(step.busy)}
            onClick={() => void check()}
          >
            {t('settings.accounts.check')}
          </Button>
        </div>
      </div>
      <Facts
        rows={[
          [
            t('settings.accounts.appid'),
            <span key="appid" className="account-fact">
              <code>{account.appid}</code>
              <CopyButton text={account.appid} what={t('settings.accounts.appid')} />
            </span>,
          ],
          [t('settings.accounts.secret'), <Secret key="secret" account={account} step={step} />],
          [t('settings.accounts.platform'), <Platform key="platform" account={account} step={step} />],
        ]}
      />
      {isCurrent && account.kind === 'wechat' && account.platformId === null && (
        <Button type="link" className="settings-go-on" onClick={() => navigate('/issue/setup')}>
          {t('settings.accounts.goOn')}
        </Button>
      )}
      <div aria-live="polite">
        {checked && (
          <>
            <p className="settings-good">
              {t('settings.accounts.checked', { seconds: checked.tokenExpiresInSeconds })}
            </p>
            <ContactState contact={checked.contact} />
          </>
        )}
      </div>
      {step.error && (
        <ErrorNotice
          error={step.error}
          actions={{
            retry: () => void check(),
            'open-console': () => window.open('https://mp.weixin.qq.com/'),
            ...(account.kind === 'wechat' ? { 'open-account': () => edit(account) } : {}),
          }}
          onClose={() => step.setError(undefined)}
        />
      )}
      <AccountLookDialog account={account} open={isEdited} onClose={() => setEdited(false)} />
    </section>
  );
}
