import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';

/** Shown only when the wait is long enough to be noticed. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <div className="loading" role="status" aria-label={t('app.loading')}>
      <Spin delay={250} />
    </div>
  );
}
