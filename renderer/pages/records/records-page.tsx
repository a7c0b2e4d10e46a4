import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Empty, theme } from 'antd';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Template } from '../../../shared/contract/account-operations.ts';
import type {
  RecordCriteria,
  RecordLayout,
  RecordRow,
  RecordSort,
} from '../../../shared/contract/record-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { call } from '../../api/call.ts';
import { useOperation } from '../../api/queries.ts';
import { useAccounts } from '../../app/accounts.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { ColumnMenu } from './column-menu.tsx';
import { completeColumns, useColumns } from './columns.ts';
import { ExportMenu, ExportState, useExport } from './export-menu.tsx';
import { FilterBar } from './filter-bar.tsx';
import { useCellPatterns } from './record-cells.tsx';
import { type RecordsApi, RecordsGrid } from './records-grid.tsx';
import './records.css';
import { isSameCriteria, noCriteria, type SearchState, useSearchState } from './search-state.ts';
import { StatusDialog } from './status-dialog.tsx';
import { askers, columnOfSort, useRecordSource, useRecordsChanged, useWhilePreparing } from './use-record-source.ts';
import { findView, ViewMenu } from './view-menu.tsx';

const mostUpdatedAtOnce = 1000;

/** Columns and views as they are stored; a change is shown once it is. */
function useLayout() {
  const client = useQueryClient();
  const reading = useOperation('record.readLayout', {});
  const [error, setError] = useState<AppError>();
  const save = useCallback(
    async (change: Partial<RecordLayout>) => {
      const answer = await call('record.saveLayout', change);
      if (answer.ok) client.setQueryData(['record.readLayout', {}], answer.value);
      setError(answer.ok ? undefined : answer.error);
    },
    [client],
  );
  return { reading, error, save };
}

function Nothing({ state, onClear }: { readonly state: SearchState; readonly onClear: () => void }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const isAll = isSameCriteria(state.criteria, noCriteria);
  return (
    <div className="records-nothing">
      <Empty
        description={
          <>
            <h2>{isAll ? t('records.emptyTitle') : t('records.nothingTitle')}</h2>
            <p className="lead">{isAll ? t('records.emptyText') : t('records.nothingText')}</p>
          </>
        }
      >
        {isAll ? (
          <Button type="primary" onClick={() => navigate('/issue')}>
            {t('records.emptyAction')}
          </Button>
        ) : (
          <Button onClick={onClear}>{t('records.clear')}</Button>
        )}
      </Empty>
    </div>
  );
}

function Preparing({ done, total }: { readonly done: number; readonly total: number }) {
  const { t } = useTranslation();
  const inWords = (count: number) => count.toLocaleString('en-US');
  return (
    <Alert
      type="info"
      role="status"
      showIcon
      title={t('records.preparing', { done: inWords(done), total: inWords(total) })}
    />
  );
}

/** Between two letters of one who types; what is counted then would be thrown away. */
const restMs = 150;

/** What is being looked for, once its rows are shown and the person has stopped typing. */
function useRested(criteria: RecordCriteria, isShown: boolean): boolean {
  const [rested, setRested] = useState<RecordCriteria>();
  useEffect(() => {
    if (!isShown) return undefined;
    const timer = setTimeout(() => setRested(criteria), restMs);
    return () => clearTimeout(timer);
  }, [criteria, isShown]);
  return rested === criteria;
}

function CountLine({ state, isShown }: { readonly state: SearchState; readonly isShown: boolean }) {
  const { t } = useTranslation();
  const { criteria } = state;
  // Asked for after the rows, so that those never wait for it.
  const isWanted = useRested(criteria, isShown);
  const counting = useOperation('record.count', { ...criteria, asker: askers.page }, { enabled: isWanted });
  const known = counting.data;
  const shown = known?.count.toLocaleString('en-US') ?? '';
  const whole =
    known && (known.isCapped ? t('records.countMore', { shown }) : t('records.count', { count: known.count, shown }));
  return (
    <p className="records-count" role="status">
      {whole ?? t('records.counting')}
    </p>
  );
}

function SelectionBar(props: { readonly count: number; readonly onUpdate: () => void; readonly onClear: () => void }) {
  const { count, onUpdate, onClear } = props;
  const { t } = useTranslation();
  if (count === 0) return <p className="records-hint">{t('records.openHint')}</p>;
  const isTooMany = count > mostUpdatedAtOnce;
  return (
    <div className="records-selection">
      <span role="status">{t('records.selected', { count: count.toLocaleString('en-US') })}</span>
      <Button size="small" type="primary" disabled={isTooMany} onClick={onUpdate}>
        {t('records.updateStatus')}
      </Button>
      <Button size="small" type="text" onClick={onClear}>
        {t('records.selectNone')}
      </Button>
      {isTooMany && <span className="note note-warning">{t('records.tooMany')}</span>}
    </div>
  );
}

interface Stored {
  readonly layout: RecordLayout;
  readonly save: (change: Partial<RecordLayout>) => void;
  readonly saveError: AppError | undefined;
}

/** A function that stays the same and calls the one that was given last. */
function useLatest<Input>(act: (input: Input) => void): (input: Input) => void {
  const latest = useRef(act);
  latest.current = act;
  return useCallback((input) => latest.current(input), []);
}

/** Beside the search. They are not drawn again with each letter of it: a button costs more than a row of the table. */
const Tools = memo(function Tools(props: {
  readonly view: string | undefined;
  readonly layout: RecordLayout;
  readonly api: RecordsApi | undefined;
  readonly onChoose: (state: SearchState) => void;
  readonly onSaveView: (name: string) => void;
  readonly onRemoveView: (name: string) => void;
  readonly mayExport: boolean;
  readonly onExport: (format: 'csv' | 'xlsx') => void;
}) {
  const { view, layout, api, onChoose, onSaveView, onRemoveView, mayExport, onExport } = props;
  const showSort = ({ by, descending }: RecordSort) =>
    api?.applyColumnState({
      state: [{ colId: columnOfSort({ by, descending }), sort: descending ? 'desc' : 'asc' }],
      defaultState: { sort: null },
    });
  return (
    <div className="records-tools">
      <ViewMenu
        current={view}
        views={layout.views}
        onChoose={(wanted) => {
          onChoose(wanted);
          showSort(wanted.sort);
        }}
        onSave={onSaveView}
        onRemove={onRemoveView}
      />
      <ColumnMenu api={api} layout={layout} />
      <ExportMenu disabled={!mayExport} onExport={onExport} />
    </div>
  );
});

function Records({ layout, save, saveError }: Stored) {
  const [, navigate] = useLocation();
  const { accounts, current } = useAccounts();
  const listed = useOperation('template.list', { accountId: current?.id ?? 0 }, { enabled: current !== undefined });
  const { criteria, sort, set, narrow } = useSearchState();
  const [opened] = useState({ layout, sort });
  const [api, setApi] = useState<RecordsApi>();
  const [selected, setSelected] = useState<readonly RecordRow[]>([]);
  const [updating, setUpdating] = useState<readonly RecordRow[] | null>(null);
  const state = useMemo(() => ({ criteria, sort }), [criteria, sort]);
  const { source, error, retry } = useRecordSource(state);
  const exporting = useExport();
  const templates = listed.data?.templates ?? noTemplates;
  const { patterns, drawn } = useCellPatterns();
  const { t } = useTranslation();
  const parts = useRef({ patterns, templates, t });
  parts.current = { patterns, templates, t };
  const columns = useColumns(opened.layout, opened.sort, parts);
  const { token } = theme.useToken();
  // biome-ignore lint/correctness/useExhaustiveDependencies(templates): cells show it
  // biome-ignore lint/correctness/useExhaustiveDependencies(accounts): cells show them
  // biome-ignore lint/correctness/useExhaustiveDependencies(token): an account's colour is the theme's
  useEffect(() => {
    if (api && !api.isDestroyed()) api.refreshCells({ force: true });
  }, [api, templates, accounts, token]);
  const refresh = () => {
    if (source?.isEmpty) retry();
    else api?.refreshInfiniteCache();
  };
  useRecordsChanged(refresh);
  const shownCriteria = source?.criteria;
  // What is no longer seen must not be changed with what is.
  useEffect(() => {
    if (shownCriteria && api && !api.isDestroyed()) api.deselectAll();
  }, [shownCriteria, api]);
  useWhilePreparing(source?.preparing ?? null, refresh);
  const viewsBut = (name: string) => layout.views.filter((view) => view.name !== name);
  const saveViews = (views: RecordLayout['views']) => save({ views });
  const exportShown = (format: 'csv' | 'xlsx') => {
    const columns = completeColumns(layout).flatMap(({ column, shown }) => (shown ? [column] : []));
    void exporting.write(format, state, columns);
  };
  return (
    <div className="records">
      <div className="records-bar">
        <FilterBar criteria={criteria} onChange={narrow} templates={templates} />
        <Tools
          view={findView(criteria, layout.views)}
          layout={layout}
          api={api}
          onChoose={set}
          onSaveView={useLatest((name) => saveViews([...viewsBut(name), { name, ...state }]))}
          onRemoveView={useLatest((name) => saveViews(viewsBut(name)))}
          mayExport={source?.isEmpty === false && !exporting.work.isRunning}
          onExport={useLatest(exportShown)}
        />
      </div>
      {[error, saveError].map(
        (one) => one && <ErrorNotice key={one.code} error={one} actions={{ retry: () => retry() }} />,
      )}
      {source?.preparing && <Preparing {...source.preparing} />}
      <ExportState {...exporting} />
      <div className="records-body">
        {source ? (
          <RecordsGrid
            columns={columns}
            source={source}
            onReady={setApi}
            onOpen={(id) => navigate(`/invoice/${id}`)}
            onSort={(wanted) => set({ sort: wanted })}
            onSelect={setSelected}
            onLayout={(wanted) => save({ columns: wanted })}
          />
        ) : (
          !error && <Loading />
        )}
        {source?.isEmpty && <Nothing state={state} onClear={() => set({ criteria: noCriteria })} />}
      </div>
      <div className="records-foot">
        <SelectionBar
          count={selected.length}
          onUpdate={() => setUpdating(selected)}
          onClear={() => api?.deselectAll()}
        />
        <CountLine state={state} isShown={source?.criteria === criteria} />
      </div>
      {drawn}
      <StatusDialog rows={updating} onDone={refresh} onClose={() => setUpdating(null)} />
    </div>
  );
}

const noTemplates: readonly Template[] = [];

/** Every invoice there is: found, filtered, sorted, exported, and many at once given another status. */
export function RecordsPage() {
  const { reading, error, save } = useLayout();
  if (reading.error)
    return (
      <div className="page-error">
        <ErrorNotice error={reading.error} actions={{ retry: () => void reading.refetch() }} />
      </div>
    );
  if (!reading.data) return <Loading />;
  return <Records layout={reading.data} save={save} saveError={error} />;
}
