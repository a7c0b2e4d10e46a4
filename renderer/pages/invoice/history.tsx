import { Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Attempt, StatusEvent } from '../../../shared/contract/invoice-operations.ts';
import { formatBeijingDateTime } from '../../../shared/invoice/beijing-time.ts';
import { ReimburseTag } from '../../components/status-tag.tsx';

type Entry =
  | { readonly kind: 'created'; readonly key: string; readonly seconds: number }
  | { readonly kind: 'attempt'; readonly key: string; readonly seconds: number; readonly attempt: Attempt }
  | { readonly kind: 'event'; readonly key: string; readonly seconds: number; readonly event: StatusEvent };

const colours: Readonly<Record<Attempt['outcome'], string>> = {
  running: 'blue',
  done: 'green',
  refused: 'red',
  'not-sent': 'gray',
  unknown: 'orange',
};

const secondsOf = (instant: string) => Math.floor(Date.parse(instant) / 1000);

/** What happened to an invoice, in order; of one second, as it was written down. */
function entriesOf({ invoice, attempts, statusEvents }: OutputOf<'invoice.get'>): readonly Entry[] {
  const entries: readonly Entry[] = [
    { kind: 'created', key: 'created', seconds: secondsOf(invoice.createdAt) },
    ...attempts.map(
      (attempt): Entry => ({
        kind: 'attempt',
        key: `attempt-${attempt.id}`,
        seconds: secondsOf(attempt.startedAt),
        attempt,
      }),
    ),
    ...statusEvents.map(
      (event): Entry => ({ kind: 'event', key: `event-${event.id}`, seconds: event.createTime, event }),
    ),
  ];
  return [...entries].sort((one, other) => one.seconds - other.seconds);
}

function AttemptWords({ attempt }: { readonly attempt: Attempt }) {
  const { t } = useTranslation();
  const { call, outcome, errcode, errmsg } = attempt;
  return (
    <>
      <span>{t(`invoice.history.${call}`)}</span>
      <strong>{t(`invoice.history.outcome.${outcome}`)}</strong>
      {errcode !== null && (
        <code className="error-code">
          {errcode} {errmsg}
        </code>
      )}
    </>
  );
}

function EventWords({ event }: { readonly event: StatusEvent }) {
  const { t } = useTranslation();
  return (
    <>
      <span>{t(`invoice.history.${event.source}`)}</span>
      <ReimburseTag status={event.status} />
      {event.source === 'push' && !event.authenticated && (
        <span className="invoice-quiet">{t('invoice.history.unsigned')}</span>
      )}
    </>
  );
}

/** Calls to WeChat and changes of the card's status, the oldest first. */
export function InvoiceHistory({ reading }: { readonly reading: OutputOf<'invoice.get'> }) {
  const { t } = useTranslation();
  return (
    <section className="invoice-history" aria-labelledby="invoice-history">
      <h3 id="invoice-history">{t('invoice.section.history')}</h3>
      <Timeline
        items={entriesOf(reading).map((entry) => ({
          key: entry.key,
          color: entry.kind === 'attempt' ? colours[entry.attempt.outcome] : 'gray',
          content: (
            <div className="invoice-entry">
              <time>{formatBeijingDateTime(entry.seconds)}</time>
              {entry.kind === 'created' && <span>{t('invoice.history.created')}</span>}
              {entry.kind === 'attempt' && <AttemptWords attempt={entry.attempt} />}
              {entry.kind === 'event' && <EventWords event={entry.event} />}
            </div>
          ),
        }))}
      />
    </section>
  );
}
