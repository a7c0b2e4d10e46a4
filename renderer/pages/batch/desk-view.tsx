import { Alert, Button } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { ChosenFile } from '../../../shared/contract/app-operations.ts';
import type { RequestOf } from '../../../shared/contract/contract.ts';
import { useOperation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { BatchList } from './batch-list.tsx';
import { CheckView } from './check-view.tsx';
import { ImportBar } from './import-bar.tsx';
import { PdfTableOffer, PdfTableStep } from './pdf-table-step.tsx';
import { SourceArea } from './source-area.tsx';
import { TableStep } from './table-step.tsx';
import { TemplatePicker } from './template-picker.tsx';
import { sourceOfDesk, useCheck, useOpenedTable } from './use-check.ts';
import { useComparison } from './use-comparison.ts';
import { type Desk, useDesk, withEdits } from './use-desk.ts';
import { useImport } from './use-import.ts';
import { usePdfTable } from './use-pdf-table.ts';
import { useSources } from './use-sources.ts';

type OpenedDesk = Omit<ReturnType<typeof useDesk>, 'desk'> & { readonly desk: Desk };

/** What became of things that lay here when the program was closed. */
function DeskNotices({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation();
  return (
    <>
      {desk.gone.map((name) => (
        <Alert key={name} type="warning" showIcon title={t('batch.desk.gone', { name })} />
      ))}
      {desk.tableChanged && (
        <Alert type="warning" showIcon title={t('batch.desk.tableChanged', { name: desk.table?.name ?? '' })} />
      )}
    </>
  );
}

/** What was found in what lies on the desk, and the step to a batch. */
function DeskCheck(props: {
  readonly desk: OpenedDesk;
  readonly source: RequestOf<'batch.import'>;
  readonly check: ReturnType<typeof useCheck>;
  readonly onChooseTable: () => void;
}) {
  const { desk, source, check, onChooseTable } = props;
  const [, navigate] = useLocation();
  const importing = useImport(({ id }) => {
    check.letGo();
    desk.clear();
    navigate(`/batch/${id}`);
  });
  const fresh = !check.isFetching && !check.error;
  const comparison = useComparison(source, check.data, {
    fresh,
    onMatched: (found) => desk.correct(withEdits(desk.desk.edits, found)),
  });
  return (
    <>
      {importing.error && <ErrorNotice error={importing.error} onClose={importing.clearError} />}
      {check.error && (
        <ErrorNotice error={check.error} actions={{ retry: check.checkAgain, 'choose-file': onChooseTable }} />
      )}
      {check.isPending && <Loading />}
      {check.data && (
        <>
          <CheckView
            checked={check.data}
            busy={check.isFetching}
            comparison={comparison}
            edits={desk.desk.edits}
            onEdits={desk.correct}
            onUndo={desk.undo}
            onAgain={check.checkAgain}
          />
          <ImportBar
            checked={check.data}
            fresh={fresh}
            importing={importing}
            onImport={() => void importing.start(source)}
          />
        </>
      )}
    </>
  );
}

/** What a new batch is made of, what was found in it, and below the batches there were. */
function OpenDesk({ account, desk: opening }: { readonly account: Account; readonly desk: OpenedDesk }) {
  const { desk, change, placeTable, placeFolder } = opening;
  const { t } = useTranslation();
  const [mapping, setMapping] = useState(false);
  const pdfTable = usePdfTable(account.id, (table, folder) => {
    placeTable(table);
    placeFolder(folder);
  });
  const makeOf = (folder: ChosenFile) => void pdfTable.make(folder);
  const sources = useSources({
    onTable: placeTable,
    onFolder: placeFolder,
    onPdfs: makeOf,
    hasTable: desk.table !== null,
  });
  const templates = useOperation('template.list', { accountId: account.id });
  const opened = useOpenedTable(desk);
  const source = sourceOfDesk(account.id, desk, opened.data);
  const check = useCheck(source);
  const onTemplate = useCallback((templateId: number | null) => change({ templateId }), [change]);
  return (
    <SourceArea sources={sources} desk={desk} opened={opened.data} pdfCount={source && check.data?.pdfCount}>
      <DeskNotices desk={desk} />
      <PdfTableStep pdfTable={pdfTable} table={desk.table} />
      {templates.data && (
        <div className="batch-options">
          <TemplatePicker templates={templates.data.templates} value={desk.templateId} onChange={onTemplate} />
          {desk.table && (
            <TableStep
              desk={desk}
              opened={opened}
              open={mapping}
              onOpen={setMapping}
              onEncoding={(encoding) => change({ encoding, columns: null, edits: [], past: [] })}
              onColumns={(columns) => change({ columns })}
              onPdfs={() => void sources.choosePdfs()}
            />
          )}
        </div>
      )}
      {templates.error && <ErrorNotice error={templates.error} actions={{ retry: () => void templates.refetch() }} />}
      {opening.error && <ErrorNotice error={opening.error} />}
      {source && (
        <DeskCheck desk={opening} source={source} check={check} onChooseTable={() => void sources.choose('table')} />
      )}
      {!desk.table && !pdfTable.busy && (
        <PdfTableOffer folder={desk.folder} onChoose={() => void sources.choosePdfs()} onMake={makeOf} />
      )}
      {!desk.table && !desk.folder && !pdfTable.busy && <SampleOffer onTake={() => void sources.takeSample()} />}
      {!(source && check.data) && <BatchList accountId={account.id} title={t('batch.list.title')} />}
    </SourceArea>
  );
}

/** The desk of an account, as it was left. */
export function DeskView({ account }: { readonly account: Account }) {
  const desk = useDesk(account.id);
  if (desk.desk) return <OpenDesk account={account} desk={{ ...desk, desk: desk.desk }} />;
  if (!desk.error) return <Loading />;
  return (
    <div className="page-error">
      <ErrorNotice error={desk.error} actions={{ retry: desk.readAgain }} />
    </div>
  );
}

function SampleOffer({ onTake }: { readonly onTake: () => void }) {
  const { t } = useTranslation();
  return (
    <section className="batch-sample">
      <h2>{t('batch.sample.title')}</h2>
      <p className="lead">{t('batch.sample.text')}</p>
      <Button onClick={onTake}>{t('batch.sample.save')}</Button>
    </section>
  );
}
