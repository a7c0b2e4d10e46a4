import { FolderOpenOutlined } from '@ant-design/icons';
import { Alert, Button, Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { ChosenFile } from '../../../shared/contract/app-operations.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { spinning } from '../../components/spinning.tsx';
import { ImportColumns } from './import-columns.tsx';
import { ImportReading } from './import-reading.tsx';
import { KindChoice } from './kind-choice.tsx';
import { RequestsStrip } from './requests-strip.tsx';
import { SavedNotice } from './saved-notice.tsx';
import { SourceChoice } from './source-choice.tsx';
import type { LinkRequests } from './use-link-requests.ts';
import { type OrderImport, useOrderImport } from './use-order-import.ts';
import { useSavedLinks } from './use-saved-links.ts';

/** What is in the table, what its columns are, and how the links are to be. */
function BeforeImport({ work }: { readonly work: OrderImport }) {
  const { t } = useTranslation();
  const { reading, wishes, setWishes, setColumns, busy, error, start } = work;
  const { data: read } = reading;
  if (!read) return reading.error ? null : <Loading />;
  return (
    <>
      <ImportColumns read={read} onColumns={setColumns} />
      {read.columns && <ImportReading read={read} />}
      <KindChoice value={wishes.kind} onChange={(kind) => setWishes({ ...wishes, kind })} />
      <SourceChoice id="orders-source" value={wishes.source} onChange={(source) => setWishes({ ...wishes, source })} />
      {error && <ErrorNotice error={error} actions={{ retry: () => void start() }} />}
      <div className="form-actions">
        {read.columns && read.created === 0 && <span className="orders-quiet">{t('orders.table.nothing')}</span>}
        <Button
          type="primary"
          disabled={!read.columns || read.created === 0 || reading.isFetching}
          loading={spinning(busy)}
          onClick={() => void start()}
        >
          {t('orders.table.submit')}
        </Button>
      </div>
    </>
  );
}

/** The orders are stored; their links come in. */
function AfterImport(props: {
  readonly account: Account;
  readonly work: OrderImport;
  readonly requests: LinkRequests;
  readonly onClose: () => void;
}) {
  const { account, work, requests, onClose } = props;
  const { t } = useTranslation();
  const links = useSavedLinks(account.id);
  return (
    <>
      {work.imported && (
        <Alert type="success" role="status" showIcon title={t('orders.table.imported', work.imported)} />
      )}
      <RequestsStrip requests={requests} missing={0} />
      <SavedNotice links={links} />
      <div className="form-actions">
        <Button onClick={onClose}>{t('orders.table.close')}</Button>
        <Button
          type="primary"
          disabled={requests.busy}
          loading={spinning(links.busy)}
          onClick={() => void links.save('waiting')}
        >
          {t('orders.saveLinks')}
        </Button>
      </div>
    </>
  );
}

function ImportBody(props: {
  readonly account: Account;
  readonly table: ChosenFile;
  readonly requests: LinkRequests;
  readonly onChoose: () => void;
  readonly onClose: () => void;
}) {
  const { account, table, requests, onChoose, onClose } = props;
  const { t } = useTranslation();
  const work = useOrderImport(account.id, table, requests);
  const { reading, imported } = work;
  return (
    <div className="drawer-form">
      {!imported && <p className="lead">{t('orders.table.lead')}</p>}
      <div className="orders-file">
        <span>
          {t('orders.table.file')} <strong>{table.name}</strong>
        </span>
        {!work.busy && !requests.busy && (
          <Button icon={<FolderOpenOutlined aria-hidden="true" />} onClick={onChoose}>
            {t(imported ? 'orders.table.again' : 'orders.table.other')}
          </Button>
        )}
      </div>
      {reading.error && (
        <ErrorNotice error={reading.error} actions={{ retry: () => void reading.refetch(), 'choose-file': onChoose }} />
      )}
      {imported ? (
        <AfterImport account={account} work={work} requests={requests} onClose={onClose} />
      ) : (
        <BeforeImport work={work} />
      )}
    </div>
  );
}

/** Orders from a spreadsheet: looked at first, stored then, and their links got. */
export function ImportDrawer(props: {
  readonly account: Account;
  readonly table: ChosenFile | null;
  readonly requests: LinkRequests;
  readonly onChoose: () => void;
  readonly onClose: () => void;
}) {
  const { account, table, requests, onChoose, onClose } = props;
  const { t } = useTranslation();
  return (
    <Drawer open={table !== null} onClose={onClose} title={t('orders.table.title')} size={680} destroyOnHidden>
      {table && (
        <ImportBody
          key={table.token}
          account={account}
          table={table}
          requests={requests}
          onChoose={onChoose}
          onClose={onClose}
        />
      )}
    </Drawer>
  );
}
