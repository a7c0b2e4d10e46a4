import { Alert, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Account, Template } from '../../../shared/contract/account-operations.ts';
import type { Invoice } from '../../../shared/contract/invoice-operations.ts';
import { formatBeijingDate } from '../../../shared/invoice/beijing-time.ts';
import type { InvoiceFields } from '../../../shared/invoice/invoice.ts';
import { formatYuan } from '../../../shared/invoice/money.ts';
import { differences, writeReconciled } from '../../../shared/invoice/pdf-differences.ts';
import { AccountName } from '../../components/account-name.tsx';
import { GroupedNumber } from '../../components/grouped-number.tsx';
import { usePdfReadingHere } from './pdf-context.tsx';

/** Said once more where it counts: WeChat refuses what contradicts the PDF, some of it after the fact. */
function Differences({ fields }: { readonly fields: InvoiceFields }) {
  const { t } = useTranslation();
  const { extraction } = usePdfReadingHere();
  const found = extraction ? differences(fields, extraction) : [];
  if (found.length === 0) return null;
  const lines = found.map(({ field, ours, pdf }) => {
    const name = field === 'feeFen' ? 'fee' : field;
    const words = { ours: writeReconciled(field, ours), theirs: writeReconciled(field, pdf) };
    return <li key={field}>{t('reading.differsText', { field: t(`field.${name}`), ...words })}</li>;
  });
  return (
    <Alert
      type="warning"
      showIcon
      title={t('reading.differs')}
      description={<ul className="differences">{lines}</ul>}
    />
  );
}

/** What is about to go to the customer, once more, before it cannot be taken back. */
export function ConfirmDialog(props: {
  readonly invoice: Invoice | null;
  readonly account: Account;
  readonly template: Template | undefined;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}) {
  const { invoice, account, template, onConfirm, onCancel } = props;
  const { t } = useTranslation();
  return (
    <Modal
      open={invoice !== null}
      title={t('confirm.title')}
      okText={t('confirm.yes')}
      cancelText={t('confirm.no')}
      onOk={onConfirm}
      onCancel={onCancel}
      width={480}
      destroyOnHidden
      // The dialog opens on the button that goes on, so that the keyboard can confirm at once.
      okButtonProps={{ autoFocus: true }}
    >
      {invoice && (
        <>
          <dl className="facts">
            <dt>{t('confirm.account')}</dt>
            <dd>
              <AccountName account={account} />
            </dd>
            <dt>{t('field.orderId')}</dt>
            <dd>{invoice.fields.orderId}</dd>
            <dt>{t('field.title')}</dt>
            <dd>{invoice.fields.title}</dd>
            <dt>{t('field.billingNo')}</dt>
            <dd>
              <GroupedNumber digits={invoice.fields.billingNo} />
            </dd>
            <dt>{t('field.billingTime')}</dt>
            <dd>{formatBeijingDate(invoice.fields.billingTime)}</dd>
            <dt>{t('field.fee')}</dt>
            <dd className="facts-amount">{formatYuan(invoice.fields.feeFen, { symbol: true })}</dd>
            <dt>{t('field.templateId')}</dt>
            <dd>{template?.title ?? '—'}</dd>
          </dl>
          <Differences fields={invoice.fields} />
          <p className="lead">{t('confirm.text')}</p>
        </>
      )}
    </Modal>
  );
}
