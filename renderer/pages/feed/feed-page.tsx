import { ApiOutlined, FormOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import { useOperation } from '../../api/queries.ts';
import { NoAccountYet } from '../../app/account-needed.tsx';
import { useAccounts } from '../../app/accounts.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useLanguage } from '../../i18n/i18n.ts';
import { EventTable } from './event-table.tsx';
import './feed.css';
import { PushDrawer } from './push-drawer.tsx';
import { RelayStrip } from './relay-strip.tsx';
import { UnreadPushes } from './unread-pushes.tsx';

/** These accounts' pushes do not come here by themselves; named where others' do. */
function NoRelay(props: {
  readonly accounts: readonly Account[];
  readonly named: boolean;
  readonly children: ReactNode;
}) {
  const { accounts, named, children } = props;
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { language } = useLanguage();
  const names = new Intl.ListFormat(language).format(accounts.map(({ name }) => name));
  return (
    <Alert
      type="info"
      showIcon
      title={named ? t('feed.noRelayFor', { names }) : t('feed.noRelayTitle')}
      description={t('feed.noRelayText')}
      action={
        <div className="feed-ways">
          <Button icon={<ApiOutlined aria-hidden="true" />} onClick={() => navigate('/settings/relay')}>
            {t('feed.toRelay')}
          </Button>
          {children}
        </div>
      }
    />
  );
}

/** What became of the cards: the statuses WeChat pushed and those that were set here. */
export function FeedPage() {
  const { t } = useTranslation();
  const { accounts, current } = useAccounts();
  const [entering, setEntering] = useState(false);
  const reading = useOperation('relay.list', {});
  if (accounts.length === 0) return <NoAccountYet reason={t('feed.empty')} />;
  const shown = current ? [current] : accounts;
  const relays = reading.data?.relays ?? [];
  const without = reading.data ? shown.filter(({ id }) => !relays.some(({ accountId }) => accountId === id)) : [];
  const enter = (
    <Button icon={<FormOutlined aria-hidden="true" />} onClick={() => setEntering(true)}>
      {t('feed.enter')}
    </Button>
  );
  return (
    <div className="feed">
      {reading.error && <ErrorNotice error={reading.error} actions={{ retry: () => void reading.refetch() }} />}
      <RelayStrip accounts={shown} relays={relays} />
      {without.length > 0 && (
        <NoRelay accounts={without} named={without.length < shown.length}>
          {enter}
        </NoRelay>
      )}
      <UnreadPushes key={`unread-${current?.id ?? 'all'}`} accounts={shown} account={current} relays={relays} />
      <EventTable
        key={current?.id ?? 'all'}
        account={current}
        tools={without.length === 0 && (reading.data || reading.error) ? enter : null}
      />
      <PushDrawer open={entering} accounts={accounts} first={current} onClose={() => setEntering(false)} />
    </div>
  );
}
