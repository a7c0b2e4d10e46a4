import { HistoryOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { Relay } from '../../../shared/contract/relay-operations.ts';
import { formatBeijingInstant } from '../../../shared/invoice/beijing-time.ts';
import { AccountName } from '../../components/account-name.tsx';
import { LastPush, RelayState } from '../../components/relay-state.tsx';
import { useLanguage } from '../../i18n/i18n.ts';

function RelayLine({ account, relay }: { readonly account: Account; readonly relay: Relay }) {
  const { t } = useTranslation();
  const { say } = useLanguage();
  return (
    <li className="feed-relay">
      <AccountName account={account} />
      <RelayState relay={relay} />
      <span className="feed-relay-last">
        <span className="feed-quiet">{t('feed.lastEvent')}</span> <LastPush relay={relay} />
      </span>
      <Link
        className="text-link feed-relay-manage"
        href="/settings/relay"
        aria-label={t('feed.manageName', { name: account.name })}
      >
        {t('feed.manage')}
      </Link>
      {relay.error && (
        <p className="feed-relay-why">
          {say(relay.error.text)}
          <span className="feed-quiet">
            {' · '}
            {say(relay.error.nextStep)}
          </span>
        </p>
      )}
      {relay.resetAt !== null && (
        <p className="feed-relay-why note-warning">
          <HistoryOutlined aria-hidden="true" /> {t('relay.resetNote', { time: formatBeijingInstant(relay.resetAt) })}
        </p>
      )}
    </li>
  );
}

/** How the events of the accounts shown come in, always in sight. */
export function RelayStrip(props: { readonly accounts: readonly Account[]; readonly relays: readonly Relay[] }) {
  const { accounts, relays } = props;
  const { t } = useTranslation();
  const lines = accounts.flatMap((account) => {
    const relay = relays.find(({ accountId }) => accountId === account.id);
    return relay ? [{ account, relay }] : [];
  });
  if (lines.length === 0) return null;
  return (
    <section aria-label={t('feed.relays')}>
      <ul className="feed-relays">
        {lines.map(({ account, relay }) => (
          <RelayLine key={account.id} account={account} relay={relay} />
        ))}
      </ul>
    </section>
  );
}
