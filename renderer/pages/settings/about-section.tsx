import { CheckCircleFilled, CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoctorFinding } from '../../../shared/contract/app-operations.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { formatBeijingDate } from '../../../shared/invoice/beijing-time.ts';
import { call } from '../../api/call.ts';
import { useOperation } from '../../api/queries.ts';
import { useSaving } from '../../api/use-saving.ts';
import { useStep } from '../../api/use-step.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { spinning } from '../../components/spinning.tsx';
import { useLanguage } from '../../i18n/i18n.ts';
import { LicencesPanel } from './licences-panel.tsx';
import { UpdatePanel } from './update-panel.tsx';

const icons = { good: CheckCircleFilled, warning: WarningFilled, bad: CloseCircleFilled } as const;

function Finding({ finding }: { readonly finding: DoctorFinding }) {
  const { t } = useTranslation();
  const { say } = useLanguage();
  const Icon = icons[finding.state];
  const nextStep = say(finding.nextStep);
  return (
    <li className={`finding-${finding.state}`}>
      <span className="finding-state">
        <Icon aria-hidden="true" />
        {t(`settings.about.state.${finding.state}`)}
      </span>
      <span>
        {say(finding.text)}
        {nextStep !== '' && <span className="finding-step">{nextStep}</span>}
      </span>
    </li>
  );
}

function Doctor() {
  const { t } = useTranslation();
  const step = useStep();
  const [found, setFound] = useState<{ readonly findings: readonly DoctorFinding[]; readonly healthy: boolean }>();
  const examine = async () => {
    const answer = await step.run('app.doctor', {});
    if (answer) setFound(answer);
  };
  return (
    <section className="settings-panel" aria-labelledby="settings-doctor">
      <div className="settings-head">
        <h2 id="settings-doctor">{t('settings.about.doctor')}</h2>
        <Button type="primary" loading={spinning(step.busy)} onClick={() => void examine()}>
          {found ? t('settings.about.runAgain') : t('settings.about.run')}
        </Button>
      </div>
      <p className="lead">{t('settings.about.doctorText')}</p>
      {step.error && <ErrorNotice error={step.error} actions={{ retry: () => void examine() }} />}
      <div aria-live="polite">
        {found && (
          <>
            <p className="settings-verdict">
              {t(found.healthy ? 'settings.about.healthy' : 'settings.about.unhealthy')}
            </p>
            <ul className="findings">
              {found.findings.map((finding) => (
                <Finding key={`${finding.check} ${finding.text.en}`} finding={finding} />
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}

/** What goes to a person who helps: the log to look at, or everything that matters as one text file. */
function Support() {
  const { t } = useTranslation();
  const step = useStep();
  const [text, setText] = useState<string>();
  const saving = useSaving<OutputOf<'diagnostics.save'>>();
  const show = async () => {
    const answer = await step.run('log.read', {});
    if (answer) setText(answer.text);
  };
  const save = async () => {
    const date = formatBeijingDate(Math.floor(Date.now() / 1000));
    const name = `${t('settings.about.diagnosticsName', { date })}.txt`;
    await saving.save({ name, kind: 'txt' }, (target) => call('diagnostics.save', { target }));
  };
  return (
    <section className="settings-panel" aria-labelledby="settings-log">
      <div className="settings-head">
        <h2 id="settings-log">{t('settings.about.log')}</h2>
        <div className="settings-tools">
          {text !== undefined && text !== '' && (
            <CopyButton text={text} what={t('settings.about.log')} label={t('settings.about.logCopy')} />
          )}
          <Button loading={spinning(step.busy)} onClick={() => void show()}>
            {t('settings.about.logShow')}
          </Button>
          <Button loading={spinning(saving.busy)} onClick={() => void save()}>
            {t('settings.about.saveDiagnostics')}
          </Button>
        </div>
      </div>
      <p className="lead">{t('settings.about.logText')}</p>
      {step.error && <ErrorNotice error={step.error} actions={{ retry: () => void show() }} />}
      {saving.error && <ErrorNotice error={saving.error} actions={{ retry: () => void save() }} />}
      <div aria-live="polite">
        {saving.saved && <p className="lead">{t('settings.about.diagnosticsSaved', saving.saved)}</p>}
      </div>
      {text === '' && <p className="lead">{t('settings.about.logEmpty')}</p>}
      {text !== undefined && text !== '' && (
        <section
          className="log-tail"
          aria-label={t('settings.about.logName')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard
          tabIndex={0}
        >
          <pre>{text}</pre>
        </section>
      )}
    </section>
  );
}

function Versions() {
  const { t } = useTranslation();
  const { data, error } = useOperation('app.info', {});
  return (
    <section className="settings-panel" aria-labelledby="settings-versions">
      <h2 id="settings-versions">{t('settings.about.versions')}</h2>
      {error && <ErrorNotice error={error} />}
      {data && (
        <dl className="facts">
          <dt>{t('app.name')}</dt>
          <dd>{data.version}</dd>
          <dt>{t('settings.about.part.electron')}</dt>
          <dd>{data.electron ?? '—'}</dd>
          <dt>{t('settings.about.part.node')}</dt>
          <dd>{data.node}</dd>
          <dt>{t('settings.about.part.sqlite')}</dt>
          <dd>{data.sqlite}</dd>
          <dt>{t('settings.about.practiceUrl')}</dt>
          <dd>{data.practiceUrl ?? t('settings.about.practiceOff')}</dd>
        </dl>
      )}
    </section>
  );
}

export function AboutSection() {
  return (
    <div className="settings-section">
      <Doctor />
      <Support />
      <Versions />
      <UpdatePanel />
      <LicencesPanel />
    </div>
  );
}
