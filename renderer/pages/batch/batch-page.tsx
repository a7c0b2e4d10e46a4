import { Button, Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { AccountChoice } from '../../app/account-needed.tsx';
import { useAccounts } from '../../app/accounts.tsx';
import './batch.css';
import { BatchView } from './batch-view.tsx';
import { DeskView } from './desk-view.tsx';

function NoAccount() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <Empty className="page-empty" description={t('batch.noAccount')}>
      <div className="account-choice">
        <Button onClick={() => navigate('/issue')}>{t('batch.goIssue')}</Button>
      </div>
    </Empty>
  );
}

/** Many invoices at once: from a table and a folder of PDFs to cards and a report. */
export function BatchPage() {
  const { batchId = '' } = useParams<{ readonly batchId?: string }>();
  const { accounts, current } = useAccounts();
  if (!current) return accounts.length > 0 ? <AccountChoice /> : <NoAccount />;
  if (/^[1-9]\d{0,14}$/.test(batchId)) return <BatchView batchId={Number(batchId)} account={current} />;
  return <DeskView key={current.id} account={current} />;
}
