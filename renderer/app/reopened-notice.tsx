import { Alert } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reopenedQuery } from '../../shared/contract/reopened-page.ts';

/** Says once that the page had gone and is here again; what was typed and not yet saved is the person's to check. */
export function ReopenedNotice() {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(() => window.location.search === reopenedQuery);
  useEffect(() => {
    // Said once: the address is as it was.
    if (isShown) window.history.replaceState(window.history.state, '', window.location.pathname + window.location.hash);
  }, [isShown]);
  if (!isShown) return null;
  return (
    <Alert
      className="frame-notice"
      type="info"
      role="status"
      banner
      title={t('app.reopened')}
      closable={{ 'aria-label': t('errorAction.close'), onClose: () => setShown(false) }}
    />
  );
}
