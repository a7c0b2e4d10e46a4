import { SmileOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Order } from '../../../shared/contract/order-operations.ts';
import { useStep } from '../../api/use-step.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { spinning } from '../../components/spinning.tsx';

/** With a practice account there is no customer: whoever practises presses in their place. */
export function PlayCustomer({ order: { id, accountId, orderId } }: { readonly order: Order }) {
  const { t } = useTranslation();
  const step = useStep();
  const authorise = async () => {
    if (await step.run('practice.authorise', { accountId, orderId })) await step.run('order.check', { id });
  };
  return (
    <div className="link-line">
      <h3>{t('orders.practice.title')}</h3>
      <p className="lead">{t('orders.practice.text')}</p>
      <div className="link-tools">
        <Button
          icon={<SmileOutlined aria-hidden="true" />}
          loading={spinning(step.busy)}
          onClick={() => void authorise()}
        >
          {t('orders.practice.authorise')}
        </Button>
      </div>
      {step.error && <ErrorNotice error={step.error} onClose={() => step.setError(undefined)} />}
    </div>
  );
}
