import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  EditOutlined,
  HourglassOutlined,
  LinkOutlined,
  LockOutlined,
  MinusCircleOutlined,
  QuestionCircleOutlined,
  SendOutlined,
  StopOutlined,
  SyncOutlined,
  UnlockOutlined,
} from '@ant-design/icons';
import { Tag } from 'antd';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { type OrderStage, orderStageLabels } from '../../shared/invoice/order.ts';
import { type InvoiceState, invoiceStateLabels } from '../../shared/invoice/state.ts';
import {
  isReimburseStatus,
  type ReimburseStatus,
  reimburseStatusLabels,
} from '../../shared/wechat/reimburse-status.ts';
import { useLanguage } from '../i18n/i18n.ts';

interface Look {
  readonly colour: 'default' | 'success' | 'error' | 'warning' | 'processing';
  readonly icon: ComponentType<{ readonly 'aria-hidden'?: 'true' }>;
}

const stateLooks: Readonly<Record<InvoiceState, Look>> = {
  draft: { colour: 'default', icon: EditOutlined },
  prepared: { colour: 'default', icon: ClockCircleOutlined },
  sending: { colour: 'processing', icon: SyncOutlined },
  issued: { colour: 'success', icon: CheckCircleOutlined },
  rejected: { colour: 'error', icon: CloseCircleOutlined },
  unknown: { colour: 'warning', icon: QuestionCircleOutlined },
};

const statusLooks: Readonly<Record<ReimburseStatus, Look>> = {
  INVOICE_REIMBURSE_INIT: { colour: 'default', icon: UnlockOutlined },
  INVOICE_REIMBURSE_LOCK: { colour: 'processing', icon: LockOutlined },
  INVOICE_REIMBURSE_CLOSURE: { colour: 'success', icon: CheckCircleOutlined },
  INVOICE_REIMBURSE_CANCEL: { colour: 'error', icon: StopOutlined },
};

const stageLooks: Readonly<Record<OrderStage, Look>> = {
  'no-link': { colour: 'default', icon: LinkOutlined },
  waiting: { colour: 'warning', icon: HourglassOutlined },
  failed: { colour: 'error', icon: CloseCircleOutlined },
  authorised: { colour: 'processing', icon: SendOutlined },
  issuing: { colour: 'processing', icon: SyncOutlined },
  issued: { colour: 'success', icon: CheckCircleOutlined },
  rejecting: { colour: 'warning', icon: QuestionCircleOutlined },
  rejected: { colour: 'error', icon: StopOutlined },
  dismissed: { colour: 'default', icon: MinusCircleOutlined },
};

interface Plain {
  /** Without its icon, as it stands in a long table. */
  readonly isPlain?: boolean;
}

function LookTag(props: Plain & { readonly look: Look; readonly word: string }) {
  const { look, word, isPlain } = props;
  const { colour, icon: Icon } = look;
  return (
    <Tag className="status-tag" color={colour} icon={isPlain ? null : <Icon aria-hidden="true" />}>
      {word}
    </Tag>
  );
}

/** Where an invoice stands, by icon and word. */
export function StateTag({ state, ...plain }: Plain & { readonly state: InvoiceState }) {
  const { say } = useLanguage();
  return <LookTag look={stateLooks[state]} word={say(invoiceStateLabels[state])} {...plain} />;
}

/** How far an order is on its way from its link to its card, by icon and word. */
export function StageTag({ stage }: { readonly stage: OrderStage }) {
  const { say } = useLanguage();
  return <LookTag look={stageLooks[stage]} word={say(orderStageLabels[stage])} />;
}

/** The reimbursement status in WeChat's own words; one that the document does not list is shown as it came. */
export function ReimburseTag({ status, ...plain }: Plain & { readonly status: string | null }) {
  const { t } = useTranslation();
  const { say } = useLanguage();
  if (!status)
    return <LookTag look={{ ...stateLooks.unknown, colour: 'default' }} word={t('feed.statusUnknown')} {...plain} />;
  if (!isReimburseStatus(status)) return <LookTag look={stateLooks.unknown} word={status} {...plain} />;
  return <LookTag look={statusLooks[status]} word={say(reimburseStatusLabels[status])} {...plain} />;
}
