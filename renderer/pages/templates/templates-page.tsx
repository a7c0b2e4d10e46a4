import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';

export function TemplatesPage() {
  const { t } = useTranslation();
  return <Empty description={t('templates.empty')} />;
}
