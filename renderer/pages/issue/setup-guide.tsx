import { Button, Result, Steps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/account-operations.ts';
import { useOperation } from '../../api/queries.ts';
import { useAccounts } from '../../app/accounts.tsx';
import { AccountForm } from '../../components/account-form.tsx';
import { ContactState } from '../../components/contact-state.tsx';
import { Loading } from '../../components/loading.tsx';
import { TemplateForm } from '../../components/template/template-drawer.tsx';
import { CheckStep, LogoStep, PlatformStep } from './setup-steps.tsx';

const steps = ['credentials', 'check', 'platform', 'logo', 'template'] as const;
type Step = (typeof steps)[number];

/** What of the way is done is read from the records, so it goes on where it was left, even after a restart. */
function firstUndone(account: Account | undefined, checked: boolean, hasTemplate: boolean): Step | undefined {
  if (!account || account.secretPlace === 'missing') return 'credentials';
  // An account that got its platform ID has passed the check.
  if (account.platformId === null && !checked) return 'check';
  if (account.platformId === null) return 'platform';
  if (hasTemplate) return undefined;
  return account.logoUrl === null ? 'logo' : 'template';
}

function StepBody(props: {
  readonly step: Step;
  readonly account: Account | undefined;
  readonly onCreated: (account: Account) => void;
  readonly onDone: () => void;
  readonly onSecret: () => void;
  /** Keeps the step in sight after it is done, for what it shows. */
  readonly onStay: () => void;
}) {
  const { step, account, onCreated, onDone, onSecret, onStay } = props;
  const { choose } = useAccounts();
  if (step === 'credentials' || !account)
    return (
      <AccountForm check={false} existing={account} onCreated={onCreated} onChosen={choose} onDone={() => undefined} />
    );
  switch (step) {
    case 'check':
      return <CheckStep account={account} onDone={onDone} onSecret={onSecret} />;
    case 'platform':
      return <PlatformStep account={account} onDone={onDone} onObtaining={onStay} />;
    case 'logo':
      return <LogoStep account={account} onDone={onDone} />;
    case 'template':
      return <TemplateForm account={account} onCreated={onDone} />;
  }
}

function Finished({ account, onLeave }: { readonly account: Account | undefined; readonly onLeave: () => void }) {
  const { t } = useTranslation();
  const { data } = useOperation(
    'merchant.readContact',
    { accountId: account?.id ?? 1 },
    { enabled: account !== undefined },
  );
  return (
    <Result
      status="success"
      title={t('setup.finishedTitle', { name: account?.name ?? '' })}
      subTitle={
        <>
          <p>{t('setup.finishedText')}</p>
          {data && <ContactState contact={data.contact} />}
        </>
      }
      extra={
        <Button type="primary" onClick={onLeave}>
          {t('setup.toIssue')}
        </Button>
      }
    />
  );
}

/** The way to a real account that can issue, step by step; it can be left at any step and gone on with later. */
export function SetupGuide({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useTranslation();
  const { accounts, current } = useAccounts();
  const [createdId, setCreatedId] = useState<number>();
  const [checkedId, setCheckedId] = useState<number>();
  const [looked, setLooked] = useState<Step>();
  const account = accounts.find(({ id }) => id === createdId) ?? (current?.kind === 'wechat' ? current : undefined);
  const templates = useOperation('template.list', { accountId: account?.id ?? 1 }, { enabled: account !== undefined });
  if (account && !templates.data && !templates.error) return <Loading />;
  const hasTemplate = account !== undefined && (templates.data?.templates.length ?? 0) > 0;
  const undone = firstUndone(account, checkedId === account?.id, hasTemplate);
  const reached = undone ? steps.indexOf(undone) : steps.length;
  const shown = looked ?? undone;
  const goOn = () => setLooked(undefined);
  return (
    <div className="setup">
      <div className="setup-head">
        <h2>{t('setup.title')}</h2>
        <p className="lead">{t('setup.lead')}</p>
      </div>
      <div className="setup-sides">
        <Steps
          orientation="vertical"
          size="small"
          current={shown ? steps.indexOf(shown) : steps.length}
          onChange={(index) => setLooked(steps[index])}
          items={steps.map((step, index) => ({
            title: t(`setup.step.${step}.title`),
            status: step === shown ? 'process' : index < reached ? 'finish' : 'wait',
            disabled: index > reached,
          }))}
        />
        <section className="setup-step" aria-label={t('setup.title')}>
          {shown ? (
            <>
              <h3>{t(`setup.step.${shown}.title`)}</h3>
              <p className="lead">{t(`setup.step.${shown}.why`)}</p>
              <StepBody
                key={shown}
                step={shown}
                account={account}
                onCreated={({ id }) => setCreatedId(id)}
                onStay={() => setLooked(shown)}
                onSecret={() => setLooked('credentials')}
                onDone={() => {
                  if (shown === 'check') setCheckedId(account?.id);
                  goOn();
                }}
              />
              <div className="setup-later">
                <Button type="link" onClick={onLeave}>
                  {t('setup.later')}
                </Button>
                <span className="note note-quiet">{t('setup.laterNote')}</span>
              </div>
            </>
          ) : (
            <Finished account={account} onLeave={onLeave} />
          )}
        </section>
      </div>
    </div>
  );
}
