import { SyncOutlined } from '@ant-design/icons';
import { Badge, Button, Popover, Progress } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { EventMap } from '../../shared/contract/events.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { bridge } from '../api/bridge.ts';
import { call } from '../api/call.ts';
import { ErrorNotice } from '../components/error-notice.tsx';

type Running = EventMap['batch.progress'];
type Importing = EventMap['batch.importing'];
type Reading = EventMap['pdf.reading'];
type Requesting = EventMap['order.requesting'];
type Exporting = EventMap['record.exporting'];

interface Jobs {
  readonly runs: readonly Running[];
  readonly imports: readonly Importing[];
  readonly readings: readonly Reading[];
  readonly requests: readonly Requesting[];
  /** One at a time. */
  readonly exports: readonly Exporting[];
}

function replaced<Job extends { readonly batchId: number }>(jobs: readonly Job[], job: Job, isOver: boolean) {
  const others = jobs.filter(({ batchId }) => batchId !== job.batchId);
  return isOver ? others : [...others, job];
}

/** What main reports of its long work, for as long as it goes on. */
function useJobs(): Jobs {
  const [runs, setRuns] = useState<readonly Running[]>([]);
  const [imports, setImports] = useState<readonly Importing[]>([]);
  const [readings, setReadings] = useState<readonly Reading[]>([]);
  const [requests, setRequests] = useState<readonly Requesting[]>([]);
  const [exports, setExports] = useState<readonly Exporting[]>([]);
  useEffect(() => {
    const ends = [
      bridge().subscribe('record.exporting', (job) => setExports(job.running ? [job] : [])),
      bridge().subscribe('pdf.reading', (job) =>
        setReadings((known) => [...known.filter(({ work }) => work !== job.work), ...(job.running ? [job] : [])]),
      ),
      bridge().subscribe('order.requesting', (job) =>
        setRequests((known) => [
          ...known.filter(({ accountId }) => accountId !== job.accountId),
          ...(job.running ? [job] : []),
        ]),
      ),
      bridge().subscribe('batch.progress', (job) => setRuns((known) => replaced(known, job, !job.running))),
      bridge().subscribe('batch.importing', (job) =>
        setImports((known) => replaced(known, job, job.step === 'linking' && job.done >= job.total)),
      ),
      // A cancelled or failed import reports no last step; its batch then changes, or is gone.
      bridge().subscribe('record.changed', ({ kind, id }) => {
        if (kind === 'batch') setImports((known) => known.filter(({ batchId }) => batchId !== id));
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, []);
  return { runs, imports, readings, requests, exports };
}

function useTimeLeft(): (seconds: number) => string {
  const { t } = useTranslation();
  return (seconds) =>
    seconds < 90
      ? t('frame.jobs.seconds', { count: Math.ceil(seconds) })
      : t('frame.jobs.minutes', { count: Math.ceil(seconds / 60) });
}

interface JobLineProps {
  readonly title: string;
  readonly words: string;
  readonly percent: number;
  readonly stopWord: string;
  readonly onStop: () => void;
  readonly onOpen: () => void;
}

function JobLine({ title, words, percent, stopWord, onStop, onOpen }: JobLineProps) {
  const { t } = useTranslation();
  return (
    <li className="job">
      <div className="job-head">
        <span>{title}</span>
        <span className="job-words">{words}</span>
      </div>
      <Progress percent={percent} size="small" showInfo={false} aria-label={title} />
      <div className="job-tools">
        <Button size="small" onClick={onStop}>
          {stopWord}
        </Button>
        <Button size="small" type="link" onClick={onOpen}>
          {t('frame.jobs.open')}
        </Button>
      </div>
    </li>
  );
}

const percentOf = (done: number, total: number) => (total === 0 ? 0 : Math.floor((done / total) * 100));

function JobList({ jobs, onOpen }: { readonly jobs: Jobs; readonly onOpen: (address: string) => void }) {
  const { t } = useTranslation();
  const timeLeft = useTimeLeft();
  const [error, setError] = useState<AppError>();
  const stop = async (asked: ReturnType<typeof call>) => {
    const answer = await asked;
    setError(answer.ok ? undefined : answer.error);
  };
  return (
    <>
      {error && <ErrorNotice error={error} onClose={() => setError(undefined)} />}
      <ul className="jobs">
        {jobs.readings.map(({ work, done, total }) => (
          <JobLine
            key={work}
            title={t(work === 'make' ? 'frame.jobs.pdfTable' : 'frame.jobs.pdfCompare')}
            words={t('frame.jobs.readPdfs', { done, total })}
            percent={percentOf(done, total)}
            stopWord={t('frame.jobs.stopReading')}
            onStop={() => void stop(call('table.cancelPdfs', {}))}
            onOpen={() => onOpen('/batch')}
          />
        ))}
        {jobs.exports.map(({ done, total }) => (
          <JobLine
            key="export"
            title={t('records.exportTitle')}
            words={total === 0 ? t('records.exportPreparing') : t('records.exportProgress', { done, total })}
            percent={percentOf(done, total)}
            stopWord={t('records.exportCancel')}
            onStop={() => void stop(call('record.cancelExport', {}))}
            onOpen={() => onOpen('/records')}
          />
        ))}
        {jobs.requests.map(({ accountId, done, total }) => (
          <JobLine
            key={`requests-${accountId}`}
            title={t('orders.requesting.title')}
            words={t('frame.jobs.ranUntold', { done, total })}
            percent={percentOf(done, total)}
            stopWord={t('orders.requesting.stop')}
            onStop={() => void stop(call('order.cancelRequests', { accountId }))}
            onOpen={() => onOpen('/orders')}
          />
        ))}
        {jobs.imports.map(({ batchId, step, done, total }) => (
          <JobLine
            key={`import-${batchId}`}
            title={t('frame.jobs.import', { id: batchId })}
            words={t(`frame.jobs.${step}`, { done, total })}
            percent={percentOf(done, total)}
            stopWord={t('frame.jobs.cancel')}
            onStop={() => void stop(call('batch.cancelImport', {}))}
            onOpen={() => onOpen(`/batch/${batchId}`)}
          />
        ))}
        {jobs.runs.map(({ batchId, counts: { total, waiting }, secondsLeft }) => (
          <JobLine
            key={`run-${batchId}`}
            title={t('frame.jobs.run', { id: batchId })}
            words={
              secondsLeft === null
                ? t('frame.jobs.ranUntold', { done: total - waiting, total })
                : t('frame.jobs.ran', { done: total - waiting, total, left: timeLeft(secondsLeft) })
            }
            percent={percentOf(total - waiting, total)}
            stopWord={t('frame.jobs.stop')}
            onStop={() => void stop(call('batch.stop', { batchId }))}
            onOpen={() => onOpen(`/batch/${batchId}`)}
          />
        ))}
      </ul>
    </>
  );
}

/** The long work under way, wherever in the program it was begun, with its progress and the way to stop it. */
export function JobsButton() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const jobs = useJobs();
  const [open, setOpen] = useState(false);
  const count = Object.values(jobs).flat().length;
  const show = (address: string) => {
    setOpen(false);
    navigate(address);
  };
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      title={t('frame.jobs.button')}
      content={count === 0 ? <p className="lead">{t('frame.jobs.none')}</p> : <JobList jobs={jobs} onOpen={show} />}
    >
      <Badge count={count} size="small">
        <Button
          type="text"
          aria-label={t('frame.jobs.button')}
          icon={<SyncOutlined spin={count > 0} aria-hidden="true" />}
        />
      </Badge>
    </Popover>
  );
}
