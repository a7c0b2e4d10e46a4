import { Badge } from 'antd';
import { useTranslation } from 'react-i18next';
import { useOperation } from '../api/queries.ts';
import type { PageName } from './page-names.ts';

/** The feed's name, with how much of it needs a person: relays that are not reached, pushes that cannot be decoded. */
function FeedLabel() {
  const { t } = useTranslation();
  const relays = useOperation('relay.list', {}).data?.relays ?? [];
  const down = relays.filter(({ state }) => state === 'offline' || state === 'refused').length;
  const unread = relays.reduce((sum, relay) => sum + relay.unread, 0);
  if (down + unread === 0) return t('nav.feed');
  return (
    <>
      {t('nav.feed')}
      <span className="navigation-mark" aria-hidden="true">
        <Badge count={down + unread} overflowCount={9} size="small" title="" />
      </span>
      <span className="only-read-aloud">
        {down > 0 && t('frame.badge.down', { count: down })} {unread > 0 && t('frame.badge.unread', { count: unread })}
      </span>
    </>
  );
}

/** A page's name in the navigation. */
export function NavigationLabel({ name }: { readonly name: PageName }) {
  const { t } = useTranslation();
  return name === 'feed' ? <FeedLabel /> : t(`nav.${name}`);
}
