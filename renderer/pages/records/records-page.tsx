import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';

export function RecordsPage() {
  const { t } = useTranslation();
  return <Empty description={t('records.empty')} />;
}
