import { CheckCircleFilled, PictureOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/account-operations.ts';
import { type Step, useStep } from '../../api/use-step.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { spinning } from '../../components/spinning.tsx';
import { useLogoUpload } from '../../components/template/use-logo-upload.ts';

interface StepProps {
  readonly account: Account;
  readonly onDone: () => void;
}

/** What a call to WeChat answered, where that was a failure, and the button that repeats or begins it. */
function AskWeChat(props: {
  readonly step: Step;
  readonly label: string;
  readonly onSecret?: () => void;
  readonly onAsk: () => void;
}) {
  const { step, label, onSecret, onAsk } = props;
  return (
    <>
      {step.error && (
        <ErrorNotice
          error={step.error}
          actions={{
            retry: onAsk,
            'open-console': () => window.open('https://mp.weixin.qq.com/'),
            ...(onSecret ? { 'open-account': onSecret } : {}),
          }}
        />
      )}
      <div className="form-actions">
        <Button type="primary" loading={spinning(step.busy)} onClick={onAsk}>
          {label}
        </Button>
      </div>
    </>
  );
}

/** Asks WeChat for a token: AppID, AppSecret and the allow-list of addresses are then known to be right. */
export function CheckStep({ account, onDone, onSecret }: StepProps & { readonly onSecret: () => void }) {
  const { t } = useTranslation();
  const step = useStep();
  const check = async () => {
    const answer = await step.run('account.check', { accountId: account.id });
    if (answer) onDone();
  };
  return (
    <div className="drawer-form">
      <AskWeChat
        step={step}
        label={step.error ? t('setup.checkAgain') : t('setup.check')}
        onSecret={onSecret}
        onAsk={() => void check()}
      />
    </div>
  );
}

/** Obtains s_pappid, and shows it with the means to copy it. */
export function PlatformStep({ account, onDone, onObtaining }: StepProps & { readonly onObtaining: () => void }) {
  const { t } = useTranslation();
  const step = useStep();
  const { platformId } = account;
  const [obtained, setObtained] = useState(platformId);
  const obtain = async () => {
    onObtaining();
    const answer = await step.run('platform.obtainId', { accountId: account.id });
    if (answer) setObtained(answer.platformId);
  };
  if (obtained === null)
    return (
      <div className="drawer-form">
        <AskWeChat step={step} label={t('setup.obtain')} onAsk={() => void obtain()} />
      </div>
    );
  return (
    <div className="drawer-form">
      <p className="setup-fact">
        <CheckCircleFilled className="setup-good" aria-hidden="true" />
        <span>{t('setup.platformIs')}</span>
        <code>{obtained}</code>
        <CopyButton text={obtained} what="s_pappid" />
      </p>
      <div className="form-actions">
        <Button type="primary" onClick={onDone}>
          {t('setup.next')}
        </Button>
      </div>
    </div>
  );
}

/** Uploads the logo that the cards carry. */
export function LogoStep({ account, onDone }: StepProps) {
  const { t } = useTranslation();
  const { busy, error, upload } = useLogoUpload(account.id, onDone);
  return (
    <div className="drawer-form">
      {account.logoUrl !== null && (
        <p className="setup-fact">
          <CheckCircleFilled className="setup-good" aria-hidden="true" />
          <span>{t('setup.logoThere')}</span>
        </p>
      )}
      {error && (
        <ErrorNotice error={error} actions={{ retry: () => void upload(), 'choose-file': () => void upload() }} />
      )}
      <div className="form-actions">
        <Button
          type="primary"
          icon={<PictureOutlined aria-hidden="true" />}
          loading={spinning(busy)}
          onClick={() => void upload()}
        >
          {t('template.chooseLogo')}
        </Button>
      </div>
    </div>
  );
}
