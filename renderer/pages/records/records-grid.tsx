import {
  CellStyleModule,
  type ColDef,
  ColumnApiModule,
  EventApiModule,
  type GridApi,
  type IDatasource,
  InfiniteRowModelModule,
  LocaleModule,
  ModuleRegistry,
  RowApiModule,
  RowSelectionModule,
  ScrollApiModule,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type RecordLayout,
  type RecordRow,
  type RecordSort,
  recordColumns,
} from '../../../shared/contract/record-operations.ts';
import { styleNonce } from '../../app/style-nonce.ts';
import { gridTheme } from '../../components/grid-theme.ts';
import { blockRows, toSort } from './use-record-source.ts';

ModuleRegistry.registerModules([
  InfiniteRowModelModule,
  RowSelectionModule,
  ColumnApiModule,
  RowApiModule,
  EventApiModule,
  ScrollApiModule,
  LocaleModule,
  CellStyleModule,
]);

export type RecordsApi = GridApi<RecordRow>;

/** Blocks kept; those farthest from what is seen are read again when they are needed. */
const mostBlocks = 40;

/** Rows that a hand finds, without a frame of their own: the table is the page. */
const recordsTheme = gridTheme.withParams({ rowHeight: 40, headerHeight: 36, spacing: 6, wrapperBorder: false });

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

/** The table itself: it asks for what is seen, and tells what a person does to it. */
export function RecordsGrid(props: {
  readonly columns: ColDef<RecordRow>[];
  readonly datasource: IDatasource;
  readonly onReady: (api: RecordsApi) => void;
  readonly onOpen: (invoiceId: number) => void;
  readonly onSort: (sort: RecordSort) => void;
  readonly onSelect: (rows: readonly RecordRow[]) => void;
  readonly onLayout: (columns: RecordLayout['columns']) => void;
}) {
  const { columns, datasource, onReady, onOpen, onSort, onSelect, onLayout } = props;
  const { t, i18n } = useTranslation();
  const texts = useGridTexts();
  const nonce = styleNonce();
  const [grid, setGrid] = useState<RecordsApi>();
  // By the table's own hand: a property that changes while the table is still busy with the one before may be passed over.
  useEffect(() => {
    if (grid && !grid.isDestroyed()) grid.setGridOption('datasource', datasource);
  }, [grid, datasource]);
  const keep = ({ api }: { readonly api: RecordsApi }) => onLayout(readColumns(api));
  return (
    <section className="records-grid" aria-label={t('records.table')}>
      <AgGridReact<RecordRow>
        // Texts of the table are read once, when it is made.
        key={i18n.language}
        theme={recordsTheme}
        {...(nonce ? { styleNonce: nonce } : {})}
        localeText={texts}
        columnDefs={columns}
        maintainColumnOrder
        rowModelType="infinite"
        cacheBlockSize={blockRows}
        maxBlocksInCache={mostBlocks}
        maxConcurrentDatasourceRequests={1}
        getRowId={({ data }) => String(data.id)}
        rowSelection={{ mode: 'multiRow', checkboxes: true, headerCheckbox: false, enableClickSelection: false }}
        selectionColumnDef={{ width: 48, pinned: 'left', suppressHeaderMenuButton: true }}
        defaultColDef={{ resizable: true, minWidth: 80 }}
        suppressDragLeaveHidesColumns
        suppressNoRowsOverlay
        onGridReady={({ api }) => {
          setGrid(api);
          onReady(api);
        }}
        onRowDoubleClicked={({ data }) => data && onOpen(data.id)}
        onCellKeyDown={({ data, event }) => {
          if (data && event instanceof KeyboardEvent && event.key === 'Enter') onOpen(data.id);
        }}
        onSortChanged={({ api }) =>
          onSort(toSort(api.getColumnState().map(({ colId, sort }) => ({ colId, sort: sort ?? null }))))
        }
        onSelectionChanged={({ api }) => onSelect(api.getSelectedRows())}
        onColumnMoved={({ api, finished }) => finished && keep({ api })}
        onColumnResized={({ api, finished, source }) => finished && source !== 'api' && keep({ api })}
        onColumnVisible={keep}
      />
    </section>
  );
}
