import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { appError } from '../../../shared/errors/app-error.ts';
import { useOperation } from '../../api/queries.ts';
import { useAccounts } from '../../app/accounts.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import './invoice.css';
import { UnknownPanel } from '../../components/outcome.tsx';
import { useIssuing } from '../../components/use-issuing.ts';
import { InvoiceFacts } from './facts.tsx';
import { InvoiceHeading } from './heading.tsx';
import { InvoiceHistory } from './history.tsx';
import { Papers } from './papers.tsx';
import { CardSection } from './status-section.tsx';

type Reading = OutputOf<'invoice.get'>;

/** Its outcome is not known, or it may have been sent after the backup that was restored. */
const needsYou = ({ state, doubtedAt }: Reading['invoice']) => state === 'unknown' || doubtedAt !== null;

function OpenedInvoice({ reading }: { readonly reading: Reading }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { accounts, current, edit } = useAccounts();
  const { invoice } = reading;
  const issuing = useIssuing(null);
  const templates = useOperation('template.list', { accountId: invoice.accountId });
  const template = templates.data?.templates.find(({ id }) => id === invoice.templateId);
  const account = accounts.find(({ id }) => id === invoice.accountId);
  const open = () => navigate(`/issue/${invoice.id}`);
  const other = invoice.error?.details['invoiceId'];
  return (
    <div className="invoice-page">
      <Papers invoice={invoice} template={template} />
      <div className="invoice-main">
        <InvoiceHeading invoice={invoice} account={account} template={template} />
        {account && current && account.id !== current.id && (
          <Alert
            type="warning"
            showIcon
            title={t('invoice.otherAccount', { owner: account.name, name: current.name })}
          />
        )}
        {templates.error && <ErrorNotice error={templates.error} actions={{ retry: () => void templates.refetch() }} />}
        {needsYou(invoice) && (
          <UnknownPanel
            invoice={invoice}
            busy={issuing.busy}
            error={issuing.error}
            onAskAgain={() => void issuing.askAgain(invoice.id)}
            onSettle={(settlement) => void issuing.settle(invoice.id, settlement)}
          />
        )}
        {invoice.error && !needsYou(invoice) && (
          <ErrorNotice
            error={invoice.error}
            actions={{
              'edit-input': open,
              'choose-file': open,
              retry: open,
              ...(account?.kind === 'wechat' ? { 'open-account': () => edit(account) } : {}),
              ...(typeof other === 'number' ? { 'open-invoice': () => navigate(`/invoice/${other}`) } : {}),
            }}
          />
        )}
        {invoice.state === 'issued' && <CardSection invoice={invoice} />}
        <InvoiceFacts fields={invoice.fields} />
        <InvoiceHistory reading={reading} />
      </div>
    </div>
  );
}

/** One invoice: its papers beside everything that is known of it, and what can be done with it. */
export function InvoicePage() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { invoiceId = '' } = useParams<{ readonly invoiceId: string }>();
  const id = /^[1-9]\d{0,14}$/.test(invoiceId) ? Number(invoiceId) : null;
  const reading = useOperation('invoice.get', { invoiceId: id ?? 1 }, { enabled: id !== null });
  const error = id === null ? appError('invoice.not-found') : reading.error;
  if (error)
    return (
      <div className="page-error">
        <ErrorNotice error={error} actions={{ retry: () => void reading.refetch() }} />
        <Button onClick={() => navigate('/records')}>{t('invoice.toRecords')}</Button>
      </div>
    );
  if (!reading.data) return <Loading />;
  return <OpenedInvoice key={id} reading={reading.data} />;
}
