import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';

export function InvoicePage() {
  const { t } = useTranslation();
  return <Empty description={t('invoice.empty')} />;
}
