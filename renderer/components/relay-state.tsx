import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  DisconnectOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import { Tag } from 'antd';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { FeedState, Relay } from '../../shared/contract/relay-operations.ts';
import { formatBeijingInstant } from '../../shared/invoice/beijing-time.ts';

interface Look {
  readonly colour: 'default' | 'success' | 'error' | 'warning' | 'processing';
  readonly icon: ComponentType<{ readonly 'aria-hidden'?: 'true' }>;
}

const looks: Readonly<Record<FeedState, Look>> = {
  connecting: { colour: 'processing', icon: SyncOutlined },
  live: { colour: 'success', icon: CheckCircleOutlined },
  polling: { colour: 'processing', icon: ClockCircleOutlined },
  offline: { colour: 'warning', icon: DisconnectOutlined },
  refused: { colour: 'error', icon: CloseCircleOutlined },
};

/** How an account's events come in, by icon and word, and since when. */
export function RelayState({ relay: { state, since } }: { readonly relay: Relay }) {
  const { t } = useTranslation();
  const { colour, icon: Icon } = looks[state];
  return (
    <span className="relay-state">
      <Tag className="status-tag" color={colour} icon={<Icon aria-hidden="true" />}>
        {t(`relay.state.${state}`)}
      </Tag>
      <span className="relay-quiet">{t('relay.since', { time: formatBeijingInstant(since) })}</span>
    </span>
  );
}

/** Words for a time that something took: seconds while they say more than minutes do. */
export function useTimeTaken(): (seconds: number) => string {
  const { t } = useTranslation();
  return (given) => {
    // Clocks that differ make an arrival earlier than its push.
    const seconds = Math.max(0, given);
    if (seconds < 10) return t('relay.lagSeconds', { number: seconds.toFixed(1) });
    if (seconds < 120) return t('relay.lagSeconds', { number: Math.round(seconds) });
    if (seconds < 7200) return t('relay.lagMinutes', { number: Math.round(seconds / 60) });
    return t('relay.lagHours', { number: Math.round(seconds / 3600) });
  };
}

/** When WeChat's last push came in, and how long it was on its way. */
export function LastPush({ relay: { lastEventAt, lagSeconds } }: { readonly relay: Relay }) {
  const { t } = useTranslation();
  const timeTaken = useTimeTaken();
  if (lastEventAt === null) return <span className="relay-quiet">{t('relay.noEvent')}</span>;
  return (
    <span className="relay-state">
      <time dateTime={lastEventAt}>{formatBeijingInstant(lastEventAt)}</time>
      {lagSeconds !== null && <span className="relay-quiet">{t('relay.lag', { time: timeTaken(lagSeconds) })}</span>}
    </span>
  );
}
