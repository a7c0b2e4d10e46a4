import { FilePdfOutlined, QrcodeOutlined, SaveOutlined, TableOutlined } from '@ant-design/icons';
import { Button, Empty } from 'antd';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Order } from '../../../shared/contract/order-operations.ts';
import { useOperation } from '../../api/queries.ts';
import { AccountNeeded } from '../../app/account-needed.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { spinning } from '../../components/spinning.tsx';
import { useDropAnywhere } from '../../components/use-drop-anywhere.ts';
import { CheckingWay } from './checking-way.tsx';
import { ImportDrawer } from './import-drawer.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { MatchDialog } from './match-dialog.tsx';
import { OrderDrawer } from './order-drawer.tsx';
import { OrderError } from './order-error.tsx';
import { OrderTable, pageSize, usePaging } from './order-table.tsx';
import './orders.css';
import { RejectDialog } from './reject-dialog.tsx';
import { RequestDrawer } from './request-drawer.tsx';
import { RequestsStrip } from './requests-strip.tsx';
import { SavedNotice } from './saved-notice.tsx';
import { noFilter, type OrderFilter, StageFilter } from './stage-filter.tsx';
import { useLinkRequests } from './use-link-requests.ts';
import { useOrderActs } from './use-order-acts.ts';
import { useSavedLinks } from './use-saved-links.ts';
import { useTableChoice } from './use-table-choice.ts';

type Listed = OutputOf<'order.list'>;

/** The orders that fit, and the last ones that did while others are looked for. */
function useOrders(accountId: number, { stage, text }: OrderFilter, beforeId: number | undefined) {
  const wanted = useDeferredValue(text.trim());
  const reading = useOperation('order.list', {
    accountId,
    ...(stage === 'all' ? {} : { stage }),
    ...(beforeId === undefined ? {} : { beforeId }),
    text: wanted,
    limit: pageSize,
  });
  const [last, setLast] = useState<Listed>();
  if (reading.data && reading.data !== last) setLast(reading.data);
  return { reading, listed: reading.data ?? last };
}

function totalOf({ counts }: Listed): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The two ways in which orders come to be here. */
function WaysIn({ onRequest, onTable }: { readonly onRequest: () => void; readonly onTable: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Button icon={<TableOutlined aria-hidden="true" />} onClick={onTable}>
        {t('orders.fromTable')}
      </Button>
      <Button type="primary" icon={<QrcodeOutlined aria-hidden="true" />} onClick={onRequest}>
        {t('orders.request')}
      </Button>
    </>
  );
}

function Head(props: {
  readonly links: ReturnType<typeof useSavedLinks>;
  readonly canMatch: boolean;
  readonly children: ReactNode;
  readonly filter: OrderFilter;
  readonly onRequest: () => void;
  readonly onTable: () => void;
  readonly onMatch: () => void;
}) {
  const { links, canMatch, children, filter, onRequest, onTable, onMatch } = props;
  const { t } = useTranslation();
  const stage = filter.stage === 'all' ? undefined : filter.stage;
  return (
    <div className="orders-head">
      {children}
      <div className="orders-buttons">
        {canMatch && (
          <Button icon={<FilePdfOutlined aria-hidden="true" />} onClick={onMatch}>
            {t('orders.matchPdfs')}
          </Button>
        )}
        <Button
          icon={<SaveOutlined aria-hidden="true" />}
          loading={spinning(links.busy)}
          onClick={() => void links.save(stage)}
        >
          {t('orders.saveLinks')}
        </Button>
        <WaysIn onRequest={onRequest} onTable={onTable} />
      </div>
    </div>
  );
}

function NothingYet({ onRequest, onTable }: { readonly onRequest: () => void; readonly onTable: () => void }) {
  const { t } = useTranslation();
  return (
    <Empty
      className="orders-empty"
      description={
        <>
          <h2>{t('orders.emptyTitle')}</h2>
          <p>{t('orders.emptyText')}</p>
          <p>{t('orders.emptyMany')}</p>
        </>
      }
    >
      <div className="account-choice">
        <WaysIn onRequest={onRequest} onTable={onTable} />
      </div>
    </Empty>
  );
}

/** Which of the page's dialogs is open, and about which order. */
function useOpened() {
  const [isRequesting, setRequesting] = useState(false);
  const [isMatching, setMatching] = useState(false);
  const [linkOf, setLinkOf] = useState<number | null>(null);
  const [looked, setLooked] = useState<number | null>(null);
  const [rejected, setRejected] = useState<Order | null>(null);
  return {
    isRequesting,
    setRequesting,
    isMatching,
    setMatching,
    linkOf,
    setLinkOf,
    looked,
    setLooked,
    rejected,
    setRejected,
  };
}

type Opened = ReturnType<typeof useOpened>;

/** What opens over the list; a link's QR code stands above the order it belongs to. */
function Dialogs(props: {
  readonly account: Account;
  readonly opened: Opened;
  readonly acts: ReturnType<typeof useOrderActs>;
  readonly tables: ReturnType<typeof useTableChoice>;
  readonly requests: ReturnType<typeof useLinkRequests>;
}) {
  const { account, opened, acts, tables, requests } = props;
  return (
    <>
      <RequestDrawer
        open={opened.isRequesting}
        account={account}
        onGot={({ id }) => {
          opened.setRequesting(false);
          opened.setLinkOf(id);
        }}
        onClose={() => opened.setRequesting(false)}
      />
      <ImportDrawer
        account={account}
        table={tables.table}
        requests={requests}
        onChoose={() => void tables.choose()}
        onClose={tables.close}
      />
      <MatchDialog open={opened.isMatching} account={account} onClose={() => opened.setMatching(false)} />
      <OrderDrawer account={account} id={opened.looked} acts={acts} onClose={() => opened.setLooked(null)} />
      <LinkDialog account={account} orderId={opened.linkOf} onClose={() => opened.setLinkOf(null)} />
      <RejectDialog order={opened.rejected} onClose={() => opened.setRejected(null)} />
    </>
  );
}

/** What came of what was done, and what is under way. */
function Notices(props: {
  readonly tables: ReturnType<typeof useTableChoice>;
  readonly links: ReturnType<typeof useSavedLinks>;
  readonly requests: ReturnType<typeof useLinkRequests>;
  readonly acts: ReturnType<typeof useOrderActs>;
  readonly missing: number;
}) {
  const { tables, links, requests, acts, missing } = props;
  const { failed } = acts;
  return (
    <>
      {tables.error && (
        <ErrorNotice
          error={tables.error}
          actions={{ 'choose-file': () => void tables.choose() }}
          onClose={tables.forget}
        />
      )}
      <SavedNotice links={links} />
      <RequestsStrip requests={requests} missing={missing} />
      {failed && (
        <OrderError
          error={failed.error}
          actions={{ retry: failed.again, 'ask-again': failed.again }}
          onClose={acts.forget}
        />
      )}
      <p className="orders-said" role="status">
        {acts.said}
      </p>
    </>
  );
}

function AccountOrders({ account }: { readonly account: Account }) {
  const [filter, setFilter] = useState(noFilter);
  const paging = usePaging();
  const { reading, listed } = useOrders(account.id, filter, paging.beforeId);
  const opened = useOpened();
  const acts = useOrderActs({ onLink: opened.setLinkOf, onReject: opened.setRejected });
  const tables = useTableChoice();
  const links = useSavedLinks(account.id);
  const requests = useLinkRequests(account.id);
  useDropAnywhere((transfer) => void tables.drop(transfer));
  const look = (next: OrderFilter) => {
    paging.toFirst();
    setFilter(next);
  };
  const total = listed ? totalOf(listed) : 0;
  const request = () => opened.setRequesting(true);
  const chooseTable = () => void tables.choose();
  return (
    <div className="orders">
      {listed && total > 0 && (
        <Head
          links={links}
          canMatch={listed.counts.authorised > 0}
          filter={filter}
          onRequest={request}
          onTable={chooseTable}
          onMatch={() => opened.setMatching(true)}
        >
          <CheckingWay accountId={account.id} orders={listed.orders} />
        </Head>
      )}
      <Notices tables={tables} links={links} requests={requests} acts={acts} missing={listed?.counts['no-link'] ?? 0} />
      {reading.error && <ErrorNotice error={reading.error} actions={{ retry: () => void reading.refetch() }} />}
      {!listed && !reading.error && <Loading />}
      {listed && total === 0 && <NothingYet onRequest={request} onTable={chooseTable} />}
      {listed && total > 0 && (
        <>
          <StageFilter filter={filter} counts={listed.counts} onChange={look} />
          <OrderTable
            orders={listed.orders}
            acts={acts}
            paging={paging}
            onOpen={opened.setLooked}
            onClear={() => look(noFilter)}
          />
        </>
      )}
      <Dialogs account={account} opened={opened} acts={acts} tables={tables} requests={requests} />
    </div>
  );
}

/** Orders on their way from a link through the customer's authorisation to a card. */
export function OrdersPage() {
  const { t } = useTranslation();
  return (
    <AccountNeeded reason={t('orders.noAccount')}>
      {(account) => <AccountOrders key={account.id} account={account} />}
    </AccountNeeded>
  );
}
