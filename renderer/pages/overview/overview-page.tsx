import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';

export function OverviewPage() {
  const { t } = useTranslation();
  return <Empty description={t('overview.empty')} />;
}
