import { useQueryClient } from '@tanstack/react-query';
import { Button, Progress } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { UpdateState } from '../../../shared/contract/update-operations.ts';
import { formatBeijingInstant } from '../../../shared/invoice/beijing-time.ts';
import { bridge } from '../../api/bridge.ts';
import { useOperation } from '../../api/queries.ts';
import { useStep } from '../../api/use-step.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { spinning } from '../../components/spinning.tsx';
import './about.css';

/** How it stands, kept as main tells it. */
function useUpdate() {
  const client = useQueryClient();
  useEffect(
    () =>
      bridge().subscribe('update.changed', ({ update }) =>
        client.setQueryData<UpdateState>(['update.state', {}], update),
      ),
    [client],
  );
  return useOperation('update.state', {});
}

function Offer({ update }: { readonly update: UpdateState }) {
  const { t } = useTranslation();
  const { offered, stage, percent } = update;
  if (!offered) return null;
  return (
    <div className="update-offer">
      <h3>
        {t('about.update.offered', { version: offered.version })}
        <span className="lead">
          {t('about.update.releasedAt', { date: formatBeijingInstant(offered.releasedAt).slice(0, 10) })}
        </span>
      </h3>
      <section
        className="log-tail"
        aria-label={t('about.update.notes')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard
        tabIndex={0}
      >
        <pre>{offered.notes.trim() || t('about.update.noNotes')}</pre>
      </section>
      {stage === 'downloading' && <Progress percent={percent} aria-label={t('about.update.downloading')} />}
      {(stage === 'ready' || stage === 'installing') && (
        <p className="lead">{t(stage === 'ready' ? 'about.update.ready' : 'about.update.installing')}</p>
      )}
    </div>
  );
}

/** What a person can do next, by what it is called. */
const nextSteps = {
  idle: ['update.check', 'about.update.check'],
  checking: ['update.check', 'about.update.check'],
  offered: ['update.download', 'about.update.download'],
  downloading: ['update.download', 'about.update.download'],
  ready: ['update.install', 'about.update.install'],
  installing: ['update.install', 'about.update.install'],
} as const;
const waiting: readonly UpdateState['stage'][] = ['checking', 'downloading', 'installing'];

function Standing({ update }: { readonly update: UpdateState }) {
  const { t } = useTranslation();
  const { current, offered, checkedAt } = update;
  return (
    <dl className="facts">
      <dt>{t('about.update.current')}</dt>
      <dd>{offered || !checkedAt ? current : `${current} · ${t('about.update.newest')}`}</dd>
      <dt>{t('about.update.checkedAt')}</dt>
      <dd>{checkedAt ? formatBeijingInstant(checkedAt) : t('about.update.notYet')}</dd>
    </dl>
  );
}

function Updatable({ update }: { readonly update: UpdateState & { readonly stage: keyof typeof nextSteps } }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const step = useStep();
  const [operation, word] = nextSteps[update.stage];
  const go = async () => {
    const answer = await step.run(operation, {});
    if (answer) client.setQueryData<UpdateState>(['update.state', {}], answer);
  };
  const error = step.error ?? update.error;
  return (
    <>
      <div className="settings-head">
        <h2 id="settings-update">{t('about.update.title')}</h2>
        <Button
          type={update.stage === 'idle' || update.stage === 'checking' ? 'default' : 'primary'}
          loading={spinning(step.busy || waiting.includes(update.stage))}
          onClick={() => void go()}
        >
          {t(word)}
        </Button>
      </div>
      <p className="lead">{t('about.update.text')}</p>
      <Standing update={update} />
      <div aria-live="polite">
        <Offer update={update} />
      </div>
      {error && <ErrorNotice error={error} actions={{ retry: () => void go() }} />}
    </>
  );
}

/** Whether there is a newer version of the program, what is new in it, and the steps that are the person's to decide. */
export function UpdatePanel() {
  const { t } = useTranslation();
  const { data, error, refetch } = useUpdate();
  return (
    <section className="settings-panel" aria-labelledby="settings-update">
      {(!data || data.stage === 'off') && <h2 id="settings-update">{t('about.update.title')}</h2>}
      {!data && !error && <Loading />}
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {data?.stage === 'off' && <p className="lead">{t(`about.update.off.${data.offReason ?? 'not-packaged'}`)}</p>}
      {data && data.stage !== 'off' && <Updatable update={{ ...data, stage: data.stage }} />}
    </section>
  );
}
