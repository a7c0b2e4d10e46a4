import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Order } from '../../../shared/contract/order-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { orderStageLabels } from '../../../shared/invoice/order.ts';
import { type Answer, call } from '../../api/call.ts';
import { useLanguage } from '../../i18n/i18n.ts';
import { issueAddress, type OrderAct } from './order-acts.ts';

type Asked = 'check' | 'renew' | 'getLink' | 'dismiss' | 'wait';

function ask(act: Asked, { id }: Order): Promise<Answer<'order.check'>> {
  switch (act) {
    case 'check':
      return call('order.check', { id });
    case 'renew':
    case 'getLink':
      return call('order.renewLink', { id });
    case 'dismiss':
      return call('order.dismiss', { id, dismissed: true });
    case 'wait':
      return call('order.dismiss', { id, dismissed: false });
  }
}

/** Acts on orders, one at a time an order; what is shown of it comes from the records. */
export function useOrderActs(open: {
  readonly onLink: (orderId: number) => void;
  readonly onReject: (order: Order) => void;
}) {
  const { t } = useTranslation();
  const { say } = useLanguage();
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState<ReadonlySet<number>>(new Set());
  const [failed, setFailed] = useState<{ readonly error: AppError; readonly again: () => void }>();
  const [said, setSaid] = useState('');
  const tell = (act: Asked, { stage, id }: Order) => {
    if (act === 'renew' || act === 'getLink') open.onLink(id);
    if (act !== 'check') return setSaid('');
    if (stage === 'waiting' || stage === 'authorised') setSaid(t(`orders.checked.${stage}`));
    else setSaid(t('orders.checked.other', { stage: say(orderStageLabels[stage]) }));
  };
  const run = async (act: Asked, order: Order) => {
    setFailed(undefined);
    setSaid('');
    setBusy((ids) => new Set([...ids, order.id]));
    const answer = await ask(act, order);
    setBusy((ids) => new Set([...ids].filter((id) => id !== order.id)));
    // An order whose question failed is stored with its error; what is not asked of WeChat leaves an older one there.
    const asks = act !== 'dismiss' && act !== 'wait';
    const error = answer.ok ? (asks ? answer.value.error : null) : answer.error;
    if (error) setFailed({ error, again: () => void run(act, order) });
    else if (answer.ok) tell(act, answer.value);
  };
  const act = (name: OrderAct, order: Order): void => {
    if (name === 'link') open.onLink(order.id);
    else if (name === 'reject') open.onReject(order);
    else if (name === 'issue') navigate(issueAddress(order));
    else if (name === 'invoice') navigate(order.invoice ? `/invoice/${order.invoice.id}` : '/records');
    else void run(name, order);
  };
  return { act, busy, failed, said, forget: () => setFailed(undefined) };
}

export type OrderActs = ReturnType<typeof useOrderActs>;
