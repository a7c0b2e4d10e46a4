import { Alert, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Order, orderOperations } from '../../../shared/contract/order-operations.ts';
import { formatYuan } from '../../../shared/invoice/money.ts';
import { useStep } from '../../api/use-step.ts';
import { spinning } from '../../components/spinning.tsx';
import { OrderError } from './order-error.tsx';

const commonReasons = ['duplicate', 'title', 'returned'] as const;
const { reason: reasonSchema, url: urlSchema } = orderOperations['order.reject'].input.shape;

function Reason({ reason, onChange }: { readonly reason: string; readonly onChange: (reason: string) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="orders-kinds">
      <legend>{t('orders.reject.reason')}</legend>
      <Radio.Group name="reject-reason" value={reason} onChange={({ target }) => onChange(String(target.value))}>
        {commonReasons.map((name) => {
          const words = t(`orders.reject.reasons.${name}`);
          return (
            <Radio key={name} value={words}>
              {words}
            </Radio>
          );
        })}
      </Radio.Group>
      <div className="field">
        <label htmlFor="reject-own">{t('orders.reject.own')}</label>
        <Input id="reject-own" value={reason} autoComplete="off" onChange={({ target }) => onChange(target.value)} />
      </div>
    </fieldset>
  );
}

function AddressBox(props: {
  readonly url: string;
  readonly isFaulty: boolean;
  readonly onChange: (url: string) => void;
}) {
  const { url, isFaulty, onChange } = props;
  const { t } = useTranslation();
  return (
    <div className="field">
      <label htmlFor="reject-url">{t('orders.reject.url')}</label>
      <Input
        id="reject-url"
        value={url}
        autoComplete="off"
        aria-describedby="reject-url-notes"
        onChange={({ target }) => onChange(target.value)}
        {...(isFaulty ? { status: 'error' as const, 'aria-invalid': true } : {})}
      />
      <p id="reject-url-notes" className="note note-quiet" aria-live="polite">
        {isFaulty ? <span className="note-fault">{t('orders.reject.fault.url')}</span> : t('orders.reject.urlHint')}
      </p>
    </div>
  );
}

function RejectForm({ order, onClose }: { readonly order: Order; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const step = useStep();
  const [reason, setReason] = useState('');
  const [url, setUrl] = useState('');
  const [tried, setTried] = useState(false);
  const noReason = !reasonSchema.safeParse(reason).success;
  const badUrl = !urlSchema.safeParse(url.trim()).success;
  const reject = async () => {
    setTried(true);
    if (noReason || badUrl || step.busy) return;
    const done = await step.run('order.reject', { id: order.id, reason, url: url.trim() });
    if (done?.error && done.stage !== 'rejected') step.setError(done.error);
    else if (done) onClose();
  };
  return (
    <Modal
      open
      title={t('orders.reject.title', { orderId: order.orderId })}
      okText={t('orders.reject.yes')}
      cancelText={t('orders.reject.no')}
      okButtonProps={{ danger: true, loading: spinning(step.busy) }}
      onOk={() => void reject()}
      onCancel={onClose}
      width={480}
      destroyOnHidden
    >
      <div className="drawer-form">
        <p>
          {order.note} {formatYuan(order.moneyFen, { symbol: true })}
        </p>
        <Alert type="warning" showIcon title={t('orders.reject.text')} />
        <Reason reason={reason} onChange={setReason} />
        {tried && noReason && <p className="note note-fault">{t('orders.reject.fault.reason')}</p>}
        <AddressBox url={url} isFaulty={tried && badUrl} onChange={setUrl} />
        {step.error && (
          <OrderError
            error={step.error}
            actions={{ retry: () => void reject() }}
            onClose={() => step.setError(undefined)}
          />
        )}
      </div>
    </Modal>
  );
}

/** Asks why an order is not to be invoiced, and says that there is no way back. */
export function RejectDialog({ order, onClose }: { readonly order: Order | null; readonly onClose: () => void }) {
  return order && <RejectForm key={order.id} order={order} onClose={onClose} />;
}
