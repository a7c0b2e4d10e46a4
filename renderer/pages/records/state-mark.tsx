import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  EditOutlined,
  ExclamationCircleFilled,
  QuestionCircleFilled,
  SyncOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordRow } from '../../../shared/contract/record-operations.ts';
import { type InvoiceState, invoiceStateLabels } from '../../../shared/invoice/state.ts';
import { useLanguage } from '../../i18n/i18n.ts';

const icons: Readonly<Record<InvoiceState, ComponentType<{ readonly 'aria-hidden'?: 'true' }>>> = {
  draft: EditOutlined,
  prepared: ClockCircleOutlined,
  sending: SyncOutlined,
  issued: CheckCircleFilled,
  rejected: CloseCircleFilled,
  unknown: QuestionCircleFilled,
};

/** Where an invoice stands, by icon and word; what a restore put in doubt is marked beside it. */
export function StateMark({ row }: { readonly row: Pick<RecordRow, 'state' | 'needsYou'> }) {
  const { t } = useTranslation();
  const { say } = useLanguage();
  const Icon = icons[row.state];
  const isDoubtful = row.needsYou && row.state !== 'rejected' && row.state !== 'unknown';
  return (
    <span className={`state-mark state-${row.state}`}>
      <Icon aria-hidden="true" />
      <span>{say(invoiceStateLabels[row.state])}</span>
      {isDoubtful && (
        <span className="state-mark state-unknown">
          <ExclamationCircleFilled aria-hidden="true" />
          <span>{t('records.needsYouMark')}</span>
        </span>
      )}
    </span>
  );
}
