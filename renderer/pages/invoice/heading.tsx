import { CopyOutlined, FileAddOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Account, Template } from '../../../shared/contract/account-operations.ts';
import type { Invoice } from '../../../shared/contract/invoice-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { formatYuan } from '../../../shared/invoice/money.ts';
import { call } from '../../api/call.ts';
import { AccountName } from '../../components/account-name.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { spinning } from '../../components/spinning.tsx';
import { StateTag } from '../../components/status-tag.tsx';

const editable: ReadonlySet<Invoice['state']> = new Set(['draft', 'prepared', 'rejected']);

/** Copies the invoice into a draft, and goes there. */
function CopyToDraft({ invoice, onError }: { readonly invoice: Invoice; readonly onError: (error: AppError) => void }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const isWhole = ['draft', 'rejected'].includes(invoice.state) && invoice.doubtedAt === null;
  const copy = async () => {
    setBusy(true);
    const answer = await call('invoice.copyToDraft', { invoiceId: invoice.id });
    setBusy(false);
    if (answer.ok) navigate(`/issue/${answer.value.id}`);
    else onError(answer.error);
  };
  return (
    <Popconfirm
      title={t('invoice.copyTitle')}
      description={<p className="popconfirm-text">{t(`invoice.copyText.${isWhole ? 'whole' : 'part'}`)}</p>}
      icon={null}
      okText={t('invoice.copyYes')}
      cancelText={t('invoice.copyNo')}
      okButtonProps={{ autoFocus: true }}
      placement="bottomRight"
      destroyOnHidden
      onConfirm={() => void copy()}
    >
      <Button icon={<CopyOutlined aria-hidden="true" />} loading={spinning(busy)}>
        {t('invoice.copyToDraft')}
      </Button>
    </Popconfirm>
  );
}

/** Whose invoice it is, where it stands, for whom and how much; and what can be done in this state. */
export function InvoiceHeading(props: {
  readonly invoice: Invoice;
  readonly account: Account | undefined;
  readonly template: Template | undefined;
}) {
  const { invoice, account, template } = props;
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [error, setError] = useState<AppError | null>(null);
  const canOpen = editable.has(invoice.state) && invoice.doubtedAt === null;
  return (
    <header className="invoice-heading">
      <div className="invoice-heading-row">
        <h2>{invoice.fields.title || t('invoice.noTitle')}</h2>
        <span className="invoice-amount">{formatYuan(invoice.fields.feeFen, { symbol: true })}</span>
      </div>
      <div className="invoice-heading-row">
        <span className="invoice-marks">
          <StateTag state={invoice.state} />
          {account && <AccountName account={account} />}
          {template && <span>{template.type}</span>}
        </span>
        <div className="invoice-tools" role="toolbar" aria-label={t('invoice.tools')}>
          <Button icon={<PrinterOutlined aria-hidden="true" />} onClick={() => window.print()}>
            {t('invoice.print')}
          </Button>
          <CopyToDraft invoice={invoice} onError={setError} />
          {canOpen && (
            <Button
              type="primary"
              icon={<FileAddOutlined aria-hidden="true" />}
              onClick={() => navigate(`/issue/${invoice.id}`)}
            >
              {t('invoice.openInIssue')}
            </Button>
          )}
        </div>
      </div>
      {error && <ErrorNotice error={error} onClose={() => setError(null)} />}
    </header>
  );
}
