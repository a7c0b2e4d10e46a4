import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/error-notice.tsx';
import type { SavedLinks } from './use-saved-links.ts';

/** What came of saving the links. */
export function SavedNotice({ links }: { readonly links: SavedLinks }) {
  const { t } = useTranslation();
  const { saved, error, again, forget } = links;
  if (error) return <ErrorNotice error={error} actions={{ retry: again }} onClose={forget} />;
  if (!saved) return null;
  return (
    <Alert
      type="success"
      role="status"
      showIcon
      closable={{ 'aria-label': t('errorAction.close'), onClose: forget }}
      title={t('orders.linksSaved', { count: saved.rows, name: saved.name })}
    />
  );
}
