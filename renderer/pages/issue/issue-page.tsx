import { Button, Empty } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import { useOperation } from '../../api/queries.ts';
import { AccountChoice } from '../../app/account-needed.tsx';
import { useAccounts } from '../../app/accounts.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import './issue.css';
import { useOrder } from '../orders/use-order.ts';
import { Editor } from './editor.tsx';
import { FirstStart } from './first-start.tsx';
import { SetupGuide } from './setup-guide.tsx';

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

/** Whether the way to a real account was put off, which holds until the page is left. */
interface Later {
  readonly isLater: boolean;
  readonly onLater: () => void;
}

interface OpenedProps extends Later {
  readonly account: Account;
  readonly invoiceId: number | null;
  /** Of which order a new invoice is filled; null: of none. */
  readonly orderRowId: number | null;
  readonly onCreated: (invoiceId: number) => void;
  readonly onNew: () => void;
}

function OpenedInvoice({ account, invoiceId, orderRowId, isLater, onLater, onCreated, onNew }: OpenedProps) {
  const { t } = useTranslation();
  const templates = useOperation('template.list', { accountId: account.id });
  const reading = useOperation('invoice.get', { invoiceId: invoiceId ?? 1 }, { enabled: invoiceId !== null });
  const ordered = useOrder(account.id, orderRowId);
  // A reading that is switched off still gives what it read before.
  const invoice = invoiceId === null ? null : (reading.data?.invoice ?? null);
  const error = templates.error ?? (invoice ? null : reading.error) ?? (invoice ? null : ordered.error);
  if (error)
    return (
      <div className="page-error">
        <ErrorNotice
          error={error}
          actions={{
            retry: () => {
              void templates.refetch();
              if (invoiceId !== null) void reading.refetch();
              if (orderRowId !== null) ordered.readAgain();
            },
          }}
        />
        <Button onClick={onNew}>{t('issue.next')}</Button>
      </div>
    );
  if (!templates.data || (invoiceId !== null && !invoice)) return <Loading />;
  if (invoiceId === null && ordered.order === undefined) return <Loading />;
  // Without a template a real account can issue nothing: the way there is shown first.
  const isUnfinished = account.kind === 'wechat' && templates.data.templates.length === 0;
  if (isUnfinished && invoiceId === null && !isLater) return <SetupGuide onLeave={onLater} />;
  if (invoice && invoice.accountId !== account.id)
    return <OtherAccount account={account} ownerId={invoice.accountId} onNew={onNew} />;
  return (
    <Editor
      account={account}
      templates={templates.data.templates}
      invoice={invoice}
      order={ordered.order ?? null}
      onCreated={onCreated}
      onNew={onNew}
    />
  );
}

interface Address {
  readonly invoiceId: number | null;
  readonly orderRowId: number | null;
}

/** `/issue/7` is a draft, `/issue/order-7` a new invoice for an order, `/issue` a new one. */
function useAddress(): Address {
  const { invoiceId: name = '' } = useParams<{ readonly invoiceId?: string }>();
  const [, order, id] = /^(order-)?([1-9]\d{0,14})$/.exec(name) ?? [];
  const number = id === undefined ? null : Number(id);
  return order === undefined ? { invoiceId: number, orderRowId: null } : { invoiceId: null, orderRowId: number };
}

const isSame = (one: Address, other: Address) =>
  one.invoiceId === other.invoiceId && one.orderRowId === other.orderRowId;

/** Opens what the address names. A draft that gets its number while it is typed stays the one that is open. */
function AccountDesk({ account, ...later }: Later & { readonly account: Account }) {
  const addressed = useAddress();
  const [, navigate] = useLocation();
  const [opened, setOpened] = useState({ serial: 0, ...addressed, addressed });
  if (!isSame(addressed, opened.addressed))
    setOpened(
      isSame(addressed, opened) || (addressed.invoiceId !== null && addressed.invoiceId === opened.invoiceId)
        ? { ...opened, addressed }
        : { serial: opened.serial + 1, ...addressed, addressed },
    );
  const openNew = () => {
    navigate('/issue');
    setOpened(({ serial }) => ({ serial: serial + 1, invoiceId: null, orderRowId: null, addressed }));
  };
  const onCreated = (invoiceId: number) => {
    setOpened((last) => ({ ...last, invoiceId }));
    navigate(`/issue/${invoiceId}`, { replace: true });
  };
  return (
    <OpenedInvoice
      key={opened.serial}
      {...later}
      account={account}
      invoiceId={opened.invoiceId}
      orderRowId={opened.orderRowId}
      onCreated={onCreated}
      onNew={openNew}
    />
  );
}

/** One invoice: its PDF, its form, and the card that comes of it. */
export function IssuePage() {
  const { accounts, current } = useAccounts();
  const { invoiceId } = useParams<{ readonly invoiceId?: string }>();
  const [, navigate] = useLocation();
  const [begun, setBegun] = useState(false);
  const [isLater, setLater] = useState(false);
  if (invoiceId === 'setup')
    return (
      <SetupGuide
        onLeave={() => {
          setLater(true);
          navigate('/issue');
        }}
      />
    );
  if (accounts.length === 0 || begun) return <FirstStart onBegun={setBegun} />;
  if (!current) return <AccountChoice />;
  return <AccountDesk key={current.id} account={current} isLater={isLater} onLater={() => setLater(true)} />;
}
