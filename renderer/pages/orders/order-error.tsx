import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useAccounts } from '../../app/accounts.tsx';
import { type ErrorActions, ErrorNotice } from '../../components/error-notice.tsx';

/** WeChat hands out no links before the merchant's contact is set. */
const contactMissing = 'wechat.72063';

/** An error of an order; where the merchant's contact is what lacks, the way to set it. */
export function OrderError(props: {
  readonly error: AppError;
  readonly actions?: ErrorActions;
  readonly onClose?: () => void;
}) {
  const { error, actions = {}, onClose } = props;
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { current, edit } = useAccounts();
  const close = onClose ? { onClose } : {};
  if (error.code === contactMissing)
    return (
      <ErrorNotice
        error={error}
        actionWord={t('orders.setContact')}
        actions={{ [error.action]: () => navigate('/settings/customer') }}
        {...close}
      />
    );
  const account = current?.kind === 'wechat' ? { 'open-account': () => edit(current) } : {};
  return (
    <ErrorNotice
      error={error}
      actions={{ 'open-console': () => window.open('https://mp.weixin.qq.com/'), ...account, ...actions }}
      {...close}
    />
  );
}
