import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';

export function FeedPage() {
  const { t } = useTranslation();
  return <Empty description={t('feed.empty')} />;
}
