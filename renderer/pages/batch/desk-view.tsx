import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import { useOperation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { BatchList } from './batch-list.tsx';
import { CheckView } from './check-view.tsx';
import { ImportBar } from './import-bar.tsx';
import { SourceArea } from './source-area.tsx';
import { TableStep } from './table-step.tsx';
import { TemplatePicker } from './template-picker.tsx';
import { sourceOfDesk, useCheck, useOpenedTable } from './use-check.ts';
import { emptyDesk, useDesk } from './use-desk.ts';
import { useImport } from './use-import.ts';
import { useSources } from './use-sources.ts';

/** What a new batch is made of, what was found in it, and below the batches there were. */
export function DeskView({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { desk, change, placeTable } = useDesk(account.id);
  const [mapping, setMapping] = useState(false);
  const sources = useSources(placeTable, (folder) => change({ folder }));
  const templates = useOperation('template.list', { accountId: account.id });
  const opened = useOpenedTable(desk);
  const source = sourceOfDesk(account.id, desk, opened.data);
  const check = useCheck(source);
  const importing = useImport(({ id }) => {
    change({ ...emptyDesk, templateId: desk.templateId });
    navigate(`/batch/${id}`);
  });
  const onTemplate = useCallback((templateId: number | null) => change({ templateId }), [change]);
  const checked = source && check.data;
  return (
    <SourceArea sources={sources} desk={desk} opened={opened.data} pdfCount={checked?.pdfCount}>
      {templates.data && (
        <div className="batch-options">
          <TemplatePicker templates={templates.data.templates} value={desk.templateId} onChange={onTemplate} />
          {desk.table && (
            <TableStep
              desk={desk}
              opened={opened}
              open={mapping}
              onOpen={setMapping}
              onEncoding={(encoding) => change({ encoding, columns: null, edits: [] })}
              onColumns={(columns) => change({ columns })}
            />
          )}
        </div>
      )}
      {templates.error && <ErrorNotice error={templates.error} actions={{ retry: () => void templates.refetch() }} />}
      {importing.error && <ErrorNotice error={importing.error} onClose={importing.clearError} />}
      {source && check.error && (
        <ErrorNotice
          error={check.error}
          actions={{ retry: () => void check.refetch(), 'choose-file': () => void sources.choose('table') }}
        />
      )}
      {source && check.isPending && <Loading />}
      {source && checked && (
        <>
          <CheckView
            checked={checked}
            busy={check.isFetching}
            edits={desk.edits}
            onEdits={(edits) => change({ edits })}
            onAgain={check.checkAgain}
          />
          <ImportBar
            checked={checked}
            fresh={!check.isFetching && !check.error}
            importing={importing}
            onImport={() => void importing.start(source)}
          />
        </>
      )}
      {!desk.table && !desk.folder && <SampleOffer onTake={() => void sources.takeSample()} />}
      {!checked && <BatchList accountId={account.id} title={t('batch.list.title')} />}
    </SourceArea>
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
