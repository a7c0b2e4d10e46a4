import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';

export function BatchPage() {
  const { t } = useTranslation();
  return <Empty description={t('batch.empty')} />;
}
