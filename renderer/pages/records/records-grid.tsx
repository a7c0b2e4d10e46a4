import {
  CellStyleModule,
  type ColDef,
  ColumnApiModule,
  createGrid,
  EventApiModule,
  type GridApi,
  type GridOptions,
  InfiniteRowModelModule,
  LocaleModule,
  ModuleRegistry,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
  ScrollApiModule,
} from 'ag-grid-community';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type RecordLayout,
  type RecordRow,
  type RecordSort,
  recordColumns,
} from '../../../shared/contract/record-operations.ts';
import { styleNonce } from '../../app/style-nonce.ts';
import { gridTheme } from '../../components/grid-theme.ts';
import { blockRows, type Source, toSort } from './use-record-source.ts';

ModuleRegistry.registerModules([
  InfiniteRowModelModule,
  RowSelectionModule,
  ColumnApiModule,
  RenderApiModule,
  RowApiModule,
  EventApiModule,
  ScrollApiModule,
  LocaleModule,
  CellStyleModule,
]);

export type RecordsApi = GridApi<RecordRow>;

/** Blocks kept; those farthest from what is seen are read again when they are needed. */
const mostBlocks = 80;

/** Rows that a hand finds, without a frame of their own: the table is the page. */
const recordsTheme = gridTheme.withParams({ rowHeight: 40, headerHeight: 36, spacing: 6, wrapperBorder: false });

const fixedOptions = {
  theme: recordsTheme,
  maintainColumnOrder: true,
  rowModelType: 'infinite',
  cacheBlockSize: blockRows,
  maxBlocksInCache: mostBlocks,
  maxConcurrentDatasourceRequests: 1,
  rowBuffer: 4,
  getRowId: ({ data }) => String(data.id),
  rowSelection: { mode: 'multiRow', checkboxes: true, headerCheckbox: false, enableClickSelection: false },
  selectionColumnDef: { width: 48, pinned: 'left', suppressHeaderMenuButton: true },
  defaultColDef: { resizable: true, minWidth: 80 },
  suppressDragLeaveHidesColumns: true,
  suppressNoRowsOverlay: true,
  animateRows: false,
  // The style sheet does it; by events each row that passes under the pointer would be marked and unmarked.
  suppressRowHoverHighlight: true,
} as const satisfies GridOptions<RecordRow>;

function useGridTexts(): Record<string, string> {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      ariaRowSelect: t('records.grid.selectRow'),
      ariaRowDeselect: t('records.grid.deselectRow'),
      ariaRowToggleSelection: t('records.grid.toggleRow'),
      ariaToggleCellValue: t('records.grid.toggleRow'),
      ariaSortableColumn: t('records.grid.sortable'),
      ariaChecked: t('records.grid.checked'),
      ariaUnchecked: t('records.grid.unchecked'),
      loadingOoo: t('records.rowLoading'),
      noRowsToShow: t('records.nothingTitle'),
    }),
    [t],
  );
}

export function readColumns(api: RecordsApi): RecordLayout['columns'] {
  return api.getColumnState().flatMap(({ colId, width, hide }) => {
    const column = recordColumns.find((name) => name === colId);
    return column ? [{ column, width: Math.round(width ?? 160), shown: hide !== true }] : [];
  });
}

interface GridProps {
  readonly columns: readonly ColDef<RecordRow>[];
  readonly source: Source;
  readonly onReady: (api: RecordsApi) => void;
  readonly onOpen: (invoiceId: number) => void;
  readonly onSort: (sort: RecordSort) => void;
  readonly onSelect: (rows: readonly RecordRow[]) => void;
  readonly onLayout: (columns: RecordLayout['columns']) => void;
}

/** What a person does to the table, told to whoever listens by then. */
function listening(latest: { readonly current: GridProps }): GridOptions<RecordRow> {
  const keep = ({ api }: { readonly api: RecordsApi }) => latest.current.onLayout(readColumns(api));
  return {
    onRowDoubleClicked: ({ data }) => data && latest.current.onOpen(data.id),
    onCellKeyDown: ({ data, event }) => {
      if (data && event instanceof KeyboardEvent && event.key === 'Enter') latest.current.onOpen(data.id);
    },
    onSortChanged: ({ api }) =>
      latest.current.onSort(toSort(api.getColumnState().map(({ colId, sort }) => ({ colId, sort: sort ?? null })))),
    onSelectionChanged: ({ api }) => latest.current.onSelect(api.getSelectedRows()),
    onColumnMoved: ({ api, finished }) => finished && keep({ api }),
    onColumnResized: ({ api, finished, source }) => finished && source !== 'api' && keep({ api }),
    onColumnVisible: keep,
  };
}

/**
 * Shows another search in the rows that stand there, from the first on. By another datasource the table would throw its
 * rows away and draw them twice, without and with what they hold.
 */
function showFromStart(grid: RecordsApi, { first }: Source, isScrolled: boolean): void {
  const displayed = grid.getDisplayedRowCount();
  // One row more stands for all that are to come.
  const fits = first.hasMore && displayed === first.count + 1 && grid.isLastRowIndexKnown() === false;
  if (!fits) grid.setRowCount(Math.min(displayed, first.count), true);
  // To ask the table where it stands would have it laid out once more.
  if (isScrolled && first.count > 0) grid.ensureIndexVisible(0, 'top');
  grid.refreshInfiniteCache();
}

/** The table itself: it asks for what is seen, and tells what a person does to it. */
export function RecordsGrid(props: GridProps) {
  const { columns, source } = props;
  const { t } = useTranslation();
  const texts = useGridTexts();
  const nonce = styleNonce();
  const place = useRef<HTMLElement>(null);
  const [grid, setGrid] = useState<RecordsApi>();
  const latest = useRef(props);
  latest.current = props;
  const shown = useRef<Source['datasource']>(undefined);
  const isScrolled = useRef(false);
  useEffect(() => {
    if (!place.current) return undefined;
    // Without the kit's component for React, which draws each row and cell as a component of its own.
    const made = createGrid<RecordRow>(place.current, {
      ...fixedOptions,
      ...listening(latest),
      onBodyScroll: ({ top }) => {
        isScrolled.current = top > 0;
      },
      ...(nonce ? { styleNonce: nonce } : {}),
      localeText: texts,
      columnDefs: [...columns],
      datasource: { getRows: (params) => latest.current.source.datasource.getRows(params) },
    });
    shown.current = latest.current.source.datasource;
    setGrid(made);
    latest.current.onReady(made);
    return () => made.destroy();
  }, [columns, texts, nonce]);
  // Before the frame is painted in which nothing of it would be seen yet.
  useLayoutEffect(() => {
    if (!grid || grid.isDestroyed() || shown.current === source.datasource) return;
    shown.current = source.datasource;
    showFromStart(grid, source, isScrolled.current);
  }, [grid, source]);
  return <section className="records-grid" aria-label={t('records.table')} ref={place} />;
}
