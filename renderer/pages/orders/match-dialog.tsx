import { FilePdfOutlined } from '@ant-design/icons';
import { Alert, Button, Collapse, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { ChosenFile } from '../../../shared/contract/app-operations.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { call } from '../../api/call.ts';
import { useStep } from '../../api/use-step.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { PdfProgress } from '../../components/pdf/pdf-progress.tsx';
import { usePdfProgress } from '../../components/pdf/use-pdf-progress.ts';
import { useLanguage } from '../../i18n/i18n.ts';
import { useDesk } from '../batch/use-desk.ts';

type Made = OutputOf<'order.makeTable'>;

/** One folder after the other, and what came of the last one. */
function useMatching(accountId: number) {
  const step = useStep();
  const [matched, setMatched] = useState<{ readonly made: Made; readonly folder: ChosenFile }>();
  const [folder, setFolder] = useState<ChosenFile>();
  const match = async (given: ChosenFile) => {
    setFolder(given);
    setMatched(undefined);
    const made = await step.run('order.makeTable', { accountId, folder: given.token });
    if (made) setMatched({ made, folder: given });
  };
  const choose = async () => {
    const chosen = await step.run('file.choose', { kind: 'pdf-folder' });
    if (chosen?.file) await match(chosen.file);
  };
  return { step, matched, choose, again: () => void (folder ? match(folder) : choose()) };
}

/** What is said of a file, and what to do about it. */
function SaidOf({ file, finding }: Pick<Made['notes'][number], 'file' | 'finding'>) {
  const { say } = useLanguage();
  return (
    <>
      <strong>{file}</strong> {say(finding.text)} <span className="orders-quiet">{say(finding.cure)}</span>
    </>
  );
}

function LeftLists({ made: { ordersWithoutPdf, pdfsWithoutOrder, notes } }: { readonly made: Made }) {
  const { t } = useTranslation();
  const lists = [
    {
      key: 'notes',
      count: notes.length,
      label: 'orders.match.notes',
      lines: notes.map((note) => (
        <li key={`${note.row} ${note.finding.code} ${note.finding.value}`}>
          <SaidOf {...note} />
        </li>
      )),
    },
    {
      key: 'orders',
      count: ordersWithoutPdf.length,
      label: 'orders.match.ordersLeft',
      lines: ordersWithoutPdf.map((orderId) => <li key={orderId}>{orderId}</li>),
    },
    {
      key: 'pdfs',
      count: pdfsWithoutOrder.length,
      label: 'orders.match.pdfsLeft',
      lines: pdfsWithoutOrder.map((pdf) => (
        <li key={pdf.file}>
          <SaidOf {...pdf} />
        </li>
      )),
    },
  ] as const;
  const items = lists.flatMap(({ key, count, label, lines }) =>
    count > 0 ? [{ key, label: t(label, { count }), children: <ul className="orders-left">{lines}</ul> }] : [],
  );
  if (items.length === 0) return null;
  return <Collapse size="small" defaultActiveKey={items.map(({ key }) => key)} items={items} />;
}

function MatchBody({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { step, matched, choose, again } = useMatching(account.id);
  const progress = usePdfProgress('make');
  const { placeTable, placeFolder } = useDesk(account.id);
  const goOn = (table: ChosenFile, folder: ChosenFile) => {
    placeTable(table);
    placeFolder(folder);
    onClose();
    navigate('/batch');
  };
  const table = matched?.made.table;
  return (
    <div className="drawer-form">
      <p className="lead">{t('orders.match.text')}</p>
      {step.error && <ErrorNotice error={step.error} actions={{ retry: again, 'choose-file': () => void choose() }} />}
      {step.busy && <PdfProgress progress={progress} onCancel={() => void call('table.cancelPdfs', {})} />}
      {matched && (
        <>
          <Alert
            type={matched.made.rows > 0 ? 'success' : 'warning'}
            role="status"
            showIcon
            title={
              matched.made.rows > 0 ? t('orders.match.rows', { count: matched.made.rows }) : t('orders.match.rowsNone')
            }
          />
          <LeftLists made={matched.made} />
        </>
      )}
      <div className="form-actions orders-buttons">
        <Button onClick={onClose}>{t('orders.match.close')}</Button>
        <Button
          type={table ? 'default' : 'primary'}
          disabled={step.busy}
          icon={<FilePdfOutlined aria-hidden="true" />}
          onClick={() => void choose()}
        >
          {t(matched ? 'orders.match.again' : 'orders.match.choose')}
        </Button>
        {matched && table && (
          <Button type="primary" onClick={() => goOn(table, matched.folder)}>
            {t('orders.match.goOn')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** From authorised orders and a folder of PDFs to a table that the Batch page goes on with. */
export function MatchDialog(props: {
  readonly open: boolean;
  readonly account: Account;
  readonly onClose: () => void;
}) {
  const { open, account, onClose } = props;
  const { t } = useTranslation();
  return (
    <Modal open={open} title={t('orders.match.title')} onCancel={onClose} footer={null} width={640} destroyOnHidden>
      <MatchBody account={account} onClose={onClose} />
    </Modal>
  );
}
