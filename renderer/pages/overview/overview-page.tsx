import { Button, Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { Overview } from '../../../shared/contract/overview-operations.ts';
import { formatBeijingDateTime } from '../../../shared/invoice/beijing-time.ts';
import { formatYuan } from '../../../shared/invoice/money.ts';
import { useOperation } from '../../api/queries.ts';
import { AccountNeeded } from '../../app/account-needed.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { AccountHealth } from './account-health.tsx';
import type { Measure } from './day-chart.tsx';
import './overview.css';
import { TodoList } from './todo-list.tsx';

/** The chart is much the largest part of the page; the figures do not wait for it. */
const DayChart = lazy(async () => ({ default: (await import('./day-chart.tsx')).DayChart }));

function Period(props: {
  readonly name: 'today' | 'month';
  readonly period: Overview['today'];
  readonly needsYou: number;
}) {
  const { name, period, needsYou } = props;
  const { t } = useTranslation();
  return (
    <section className="overview-panel" aria-labelledby={`overview-${name}`}>
      <h2 id={`overview-${name}`}>{t(`overview.${name}`)}</h2>
      <p className="period-count">
        <span className="only-read-aloud">{t('overview.issued')}</span>
        {t('overview.count', { count: period.count })}
      </p>
      <dl className="period-facts">
        <dt>{t('overview.amount')}</dt>
        <dd>{formatYuan(period.feeFen, { symbol: true })}</dd>
        <dt>{t('overview.tax')}</dt>
        <dd>{formatYuan(period.taxFen, { symbol: true })}</dd>
        <dt>{t('overview.rejected')}</dt>
        <dd className={period.rejected > 0 ? 'period-bad' : ''}>{period.rejected}</dd>
        {name === 'today' && (
          <>
            <dt>{t('overview.needsYou')}</dt>
            <dd className={needsYou > 0 ? 'period-warn' : ''}>{needsYou}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

function Days({ days }: { readonly days: Overview['days'] }) {
  const { t } = useTranslation();
  const [measure, setMeasure] = useState<Measure>('count');
  const isEmpty = days.every(({ count }) => count === 0);
  return (
    <section className="overview-panel overview-chart" aria-labelledby="overview-days">
      <div className="panel-head">
        <h2 id="overview-days">{t('overview.chart.title')}</h2>
        <Segmented<Measure>
          aria-label={t('overview.chart.measure')}
          size="small"
          value={measure}
          onChange={setMeasure}
          options={[
            { value: 'count', label: t('overview.chart.count') },
            { value: 'amount', label: t('overview.chart.amount') },
          ]}
        />
      </div>
      {isEmpty ? (
        <p className="chart-none">{t('overview.chart.none')}</p>
      ) : (
        <div className="day-chart">
          <Suspense fallback={<Loading />}>
            <DayChart days={days} measure={measure} />
          </Suspense>
        </div>
      )}
    </section>
  );
}

function Expiring({ expiring }: { readonly expiring: Overview['expiring'] }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <section className="overview-panel" aria-labelledby="overview-expiring">
      <h2 id="overview-expiring">{t('overview.expiring.title')}</h2>
      {expiring.length === 0 ? (
        <p className="lead">{t('overview.expiring.none')}</p>
      ) : (
        <>
          <ul className="expiring-list">
            {expiring.map(({ invoiceId, title, orderId, feeFen, expiresAt }) => (
              <li key={invoiceId}>
                <Button
                  type="link"
                  aria-label={t('overview.expiring.open', { title: title || orderId })}
                  onClick={() => navigate(`/issue/${invoiceId}`)}
                >
                  {title || orderId || t('overview.expiring.untitled')}
                </Button>
                <span className="expiring-amount">{formatYuan(feeFen, { symbol: true })}</span>
                <span className="expiring-time">
                  {t('overview.expiring.until', {
                    time: formatBeijingDateTime(Date.parse(expiresAt) / 1000).slice(5, 16),
                  })}
                </span>
              </li>
            ))}
          </ul>
          <p className="note note-quiet">{t('overview.expiring.note')}</p>
        </>
      )}
    </section>
  );
}

function AccountOverview({ account }: { readonly account: Account }) {
  const reading = useOperation('overview.read', { accountId: account.id });
  if (reading.error)
    return (
      <div className="page-error">
        <ErrorNotice error={reading.error} actions={{ retry: () => void reading.refetch() }} />
      </div>
    );
  if (!reading.data) return <Loading />;
  const overview = reading.data;
  return (
    <div className="overview">
      <div className="overview-main">
        <div className="overview-periods">
          <Period name="today" period={overview.today} needsYou={overview.todo.needsYou} />
          <Period name="month" period={overview.month} needsYou={overview.todo.needsYou} />
        </div>
        <Days days={overview.days} />
      </div>
      <div className="overview-side">
        <TodoList account={account} overview={overview} />
        <Expiring expiring={overview.expiring} />
        <AccountHealth account={account} />
      </div>
    </div>
  );
}

/** How the account that is worked for stands, and what to do next. */
export function OverviewPage() {
  const { t } = useTranslation();
  return (
    <AccountNeeded reason={t('overview.noAccount')}>
      {(account) => <AccountOverview key={account.id} account={account} />}
    </AccountNeeded>
  );
}
