import { Button, Empty } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import { useOperation } from '../../api/queries.ts';
import { useAccounts } from '../../app/accounts.tsx';
import { AccountChoice } from '../../components/account-choice.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import './issue.css';
import { Editor } from './editor.tsx';
import { FirstStart } from './first-start.tsx';

/** The draft in the address belongs to another account than the one worked for. */
function OtherAccount(props: { readonly account: Account; readonly ownerId: number; readonly onNew: () => void }) {
  const { account, ownerId, onNew } = props;
  const { t } = useTranslation();
  const { accounts, choose } = useAccounts();
  const owner = accounts.find(({ id }) => id === ownerId);
  return (
    <Empty
      className="page-empty"
      description={t('issue.otherAccount', { owner: owner?.name ?? '—', name: account.name })}
    >
      <div className="account-choice">
        {owner && <Button onClick={() => void choose(owner.id)}>{t('issue.switchTo', { owner: owner.name })}</Button>}
        <Button onClick={onNew}>{t('issue.newFor', { name: account.name })}</Button>
      </div>
    </Empty>
  );
}

interface OpenedProps {
  readonly account: Account;
  readonly invoiceId: number | null;
  readonly onCreated: (invoiceId: number) => void;
  readonly onNew: () => void;
}

function OpenedInvoice({ account, invoiceId, onCreated, onNew }: OpenedProps) {
  const { t } = useTranslation();
  const templates = useOperation('template.list', { accountId: account.id });
  const reading = useOperation('invoice.get', { invoiceId: invoiceId ?? 1 }, { enabled: invoiceId !== null });
  // A reading that is switched off still gives what it read before.
  const invoice = invoiceId === null ? null : (reading.data?.invoice ?? null);
  const error = templates.error ?? (invoice ? null : reading.error);
  if (error)
    return (
      <div className="page-error">
        <ErrorNotice
          error={error}
          actions={{ retry: () => void Promise.all([templates.refetch(), reading.refetch()]) }}
        />
        <Button onClick={onNew}>{t('issue.next')}</Button>
      </div>
    );
  if (!templates.data || (invoiceId !== null && !invoice)) return <Loading />;
  if (invoice && invoice.accountId !== account.id)
    return <OtherAccount account={account} ownerId={invoice.accountId} onNew={onNew} />;
  return (
    <Editor
      account={account}
      templates={templates.data.templates}
      invoice={invoice}
      onCreated={onCreated}
      onNew={onNew}
    />
  );
}

function useInvoiceId(): number | null {
  const { invoiceId = '' } = useParams<{ readonly invoiceId?: string }>();
  return /^[1-9]\d{0,14}$/.test(invoiceId) ? Number(invoiceId) : null;
}

/** Opens what the address names. A draft that gets its number while it is typed stays the one that is open. */
function AccountDesk({ account }: { readonly account: Account }) {
  const addressed = useInvoiceId();
  const [, navigate] = useLocation();
  const [opened, setOpened] = useState({ serial: 0, invoiceId: addressed, addressed });
  if (addressed !== opened.addressed)
    setOpened(
      addressed === opened.invoiceId
        ? { ...opened, addressed }
        : { serial: opened.serial + 1, invoiceId: addressed, addressed },
    );
  const openNew = () => {
    navigate('/issue');
    setOpened(({ serial }) => ({ serial: serial + 1, invoiceId: null, addressed }));
  };
  const onCreated = (invoiceId: number) => {
    setOpened((last) => ({ ...last, invoiceId }));
    navigate(`/issue/${invoiceId}`, { replace: true });
  };
  return (
    <OpenedInvoice
      key={opened.serial}
      account={account}
      invoiceId={opened.invoiceId}
      onCreated={onCreated}
      onNew={openNew}
    />
  );
}

/** One invoice: its PDF, its form, and the card that comes of it. */
export function IssuePage() {
  const { accounts, current } = useAccounts();
  const [begun, setBegun] = useState(false);
  if (accounts.length === 0 || begun) return <FirstStart onBegun={setBegun} />;
  if (!current) return <AccountChoice />;
  return <AccountDesk key={current.id} account={current} />;
}
