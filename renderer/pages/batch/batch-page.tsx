import { Button, Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { useAccounts } from '../../app/accounts.tsx';
import { AccountName } from '../../components/account-name.tsx';
import './batch.css';
import { BatchView } from './batch-view.tsx';
import { DeskView } from './desk-view.tsx';

function NoAccount() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { accounts, choose } = useAccounts();
  const none = accounts.length === 0;
  return (
    <Empty className="page-empty" description={t(none ? 'batch.noAccount' : 'account.chooseFirst')}>
      <div className="account-choice">
        {none && <Button onClick={() => navigate('/issue')}>{t('batch.goIssue')}</Button>}
        {accounts.map((account) => (
          <Button key={account.id} onClick={() => void choose(account.id)}>
            <AccountName account={account} />
          </Button>
        ))}
      </div>
    </Empty>
  );
}

/** Many invoices at once: from a table and a folder of PDFs to cards and a report. */
export function BatchPage() {
  const { batchId = '' } = useParams<{ readonly batchId?: string }>();
  const { current } = useAccounts();
  if (!current) return <NoAccount />;
  if (/^[1-9]\d{0,14}$/.test(batchId)) return <BatchView batchId={Number(batchId)} account={current} />;
  return <DeskView key={current.id} account={current} />;
}
