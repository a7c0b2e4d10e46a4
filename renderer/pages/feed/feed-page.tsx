import { FormOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NoAccountYet } from '../../app/account-needed.tsx';
import { useAccounts } from '../../app/accounts.tsx';
import { EventTable } from './event-table.tsx';
import './feed.css';
import { PushDrawer } from './push-drawer.tsx';

/** What became of the cards: the statuses WeChat pushed and those that were set here. */
export function FeedPage() {
  const { t } = useTranslation();
  const { accounts, current } = useAccounts();
  const [entering, setEntering] = useState(false);
  if (accounts.length === 0) return <NoAccountYet reason={t('feed.empty')} />;
  return (
    <div className="feed">
      <Alert
        type="info"
        showIcon
        title={t('feed.noRelayTitle')}
        description={t('feed.noRelayText')}
        action={
          <Button icon={<FormOutlined aria-hidden="true" />} onClick={() => setEntering(true)}>
            {t('feed.enter')}
          </Button>
        }
      />
      <EventTable key={current?.id ?? 'all'} account={current} />
      <PushDrawer open={entering} accounts={accounts} first={current} onClose={() => setEntering(false)} />
    </div>
  );
}
