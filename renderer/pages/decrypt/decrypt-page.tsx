import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';

export function DecryptPage() {
  const { t } = useTranslation();
  return <Empty description={t('decrypt.empty')} />;
}
