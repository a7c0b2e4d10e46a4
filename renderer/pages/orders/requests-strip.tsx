import { Alert, Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { OrderError } from './order-error.tsx';
import type { LinkRequests } from './use-link-requests.ts';

function Running({ requests }: { readonly requests: LinkRequests }) {
  const { t } = useTranslation();
  const { progress, stop } = requests;
  const { done = 0, total = 0, failed = 0 } = progress ?? {};
  return (
    <section className="orders-requesting" aria-label={t('orders.requesting.title')}>
      <span>{t('orders.requesting.title')}</span>
      <Progress
        percent={total > 0 ? Math.floor((100 * done) / total) : 0}
        aria-label={t('orders.requesting.title')}
        showInfo={false}
      />
      <span className="orders-digits">
        {progress ? t('orders.requesting.progress', { done, total, failed }) : t('orders.requesting.starting')}
      </span>
      <Button onClick={() => void stop()}>{t('orders.requesting.stop')}</Button>
    </section>
  );
}

/** Links being got for many orders, what came of it, and the offer to get those that lack. */
export function RequestsStrip({ requests, missing }: { readonly requests: LinkRequests; readonly missing: number }) {
  const { t } = useTranslation();
  const { busy, done, error, start, forget } = requests;
  const close = { 'aria-label': t('errorAction.close'), onClose: forget };
  if (busy) return <Running requests={requests} />;
  return (
    <>
      {error && <OrderError error={error} actions={{ retry: () => void start() }} onClose={forget} />}
      {done && (
        <Alert
          type={done.failed + done.left > 0 ? 'warning' : 'success'}
          role="status"
          showIcon
          closable={close}
          title={t('orders.requesting.done', done)}
          description={done.failed > 0 && t('orders.requesting.failedHint')}
        />
      )}
      {!done && !error && missing > 0 && (
        <Alert
          type="info"
          showIcon
          title={t('orders.missing.text', { count: missing })}
          action={
            <Button size="small" onClick={() => void start()}>
              {t('orders.missing.get')}
            </Button>
          }
        />
      )}
    </>
  );
}
