import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';

export function SettingsPage() {
  const { t } = useTranslation();
  return <Empty description={t('settings.empty')} />;
}
