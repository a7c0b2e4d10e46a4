import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { Relay, UnreadPush } from '../../../shared/contract/relay-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { formatBeijingInstant } from '../../../shared/invoice/beijing-time.ts';
import { call } from '../../api/call.ts';
import { useOperation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { spinning } from '../../components/spinning.tsx';
import { useLanguage } from '../../i18n/i18n.ts';

const listed = 50;

interface Counts {
  readonly read: number;
  readonly left: number;
}

/** Decodes again for one account after the other; the first failure ends it. */
function useReadingAgain() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError>();
  const [counts, setCounts] = useState<Counts>();
  const run = async (accountIds: readonly number[]) => {
    setBusy(true);
    setError(undefined);
    setCounts(undefined);
    const sum = { read: 0, left: 0 };
    for (const accountId of accountIds) {
      const answer = await call('push.readAgain', { accountId });
      if (!answer.ok) {
        setError(answer.error);
        break;
      }
      sum.read += answer.value.read;
      sum.left += answer.value.left;
      setCounts({ ...sum });
    }
    setBusy(false);
  };
  return { busy, error, counts, run };
}

function PushList({
  pushes,
  accounts,
}: {
  readonly pushes: readonly UnreadPush[];
  readonly accounts: readonly Account[];
}) {
  const { t } = useTranslation();
  const { say } = useLanguage();
  const nameOf = (accountId: number) => accounts.find(({ id }) => id === accountId)?.name;
  return (
    <section
      className="feed-unread"
      aria-label={t('feed.unread.list')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard
      tabIndex={0}
    >
      <ul>
        {pushes.map(({ id, accountId, receivedAt, reason }) => (
          <li key={id}>
            <time dateTime={receivedAt}>{formatBeijingInstant(receivedAt)}</time>
            {accounts.length > 1 && <span>{nameOf(accountId)}</span>}
            <span>
              {say(reason.text)}
              <span className="feed-quiet">
                {' · '}
                {say(reason.nextStep)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What came of decoding again; it stays when there is nothing left to decode. */
function CountWords({ counts }: { readonly counts: Counts | undefined }) {
  const { t } = useTranslation();
  const outcome = !counts || counts.read === 0 ? 'none' : counts.left === 0 ? 'all' : 'some';
  return (
    <div aria-live="polite">
      {counts && (
        <p className={outcome === 'all' ? 'feed-good' : 'feed-quiet'}>{t(`feed.unread.${outcome}`, { ...counts })}</p>
      )}
    </div>
  );
}

/** Pushes that came and cannot be decoded: how many, why, and the way to try again. */
export function UnreadPushes(props: {
  readonly accounts: readonly Account[];
  /** The one account shown; undefined: all of them. */
  readonly account: Account | undefined;
  readonly relays: readonly Relay[];
}) {
  const { accounts, account, relays } = props;
  const { t } = useTranslation();
  const reading = useOperation('push.listUnread', { ...(account ? { accountId: account.id } : {}), limit: listed });
  const again = useReadingAgain();
  const refresh = () => void reading.refetch();
  const pushes = reading.data?.pushes ?? [];
  const waiting = relays.filter(({ accountId, unread }) => unread > 0 && accounts.some(({ id }) => id === accountId));
  const known = waiting.reduce((sum, { unread }) => sum + unread, 0);
  const count = pushes.length < listed ? pushes.length : Math.max(pushes.length, known);
  const concerned = new Set([...pushes, ...waiting].map(({ accountId }) => accountId));
  const readAgain = () => void again.run([...concerned]).then(refresh);
  return (
    <div className="feed-unread-all">
      {reading.error && <ErrorNotice error={reading.error} actions={{ retry: refresh }} />}
      {pushes.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('feed.unread.title', { count })}
          description={
            <>
              <p>
                {t('feed.unread.text')} {count > pushes.length && t('feed.unread.first', { count: pushes.length })}
              </p>
              <PushList pushes={pushes} accounts={accounts} />
            </>
          }
          action={
            <Button loading={spinning(again.busy)} onClick={readAgain}>
              {t('feed.unread.again')}
            </Button>
          }
        />
      )}
      <CountWords counts={again.counts} />
      {again.error && <ErrorNotice error={again.error} actions={{ retry: readAgain }} />}
    </div>
  );
}
