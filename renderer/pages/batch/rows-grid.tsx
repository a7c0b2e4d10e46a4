import {
  type CellFocusedEvent,
  CellStyleModule,
  ClientSideRowModelModule,
  type ColDef,
  type GetRowIdFunc,
  LocaleModule,
  ModuleRegistry,
  RowApiModule,
  TextEditorModule,
  TooltipModule,
} from 'ag-grid-community';
import { AgGridReact, type AgGridReactProps } from 'ag-grid-react';
import { useCallback, useMemo } from 'react';
import { styleNonce } from '../../app/style-nonce.ts';
import { gridTheme } from '../../components/grid-theme.ts';

ModuleRegistry.registerModules([
  ClientSideRowModelModule,
  CellStyleModule,
  TextEditorModule,
  TooltipModule,
  LocaleModule,
  RowApiModule,
]);

/** One object for all: the grid lays its columns out anew whenever it is given another. */
const columnDefaults: ColDef = { sortable: false, resizable: true, suppressMovable: true, minWidth: 64 };

/** A table of any length, of which only the rows in sight are drawn. */
export function RowsGrid<Row>(props: {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly ColDef<Row>[];
  readonly idOf: (row: Row) => string;
  readonly empty: string;
  readonly onFocus?: (row: Row | undefined, columnId: string) => void;
  readonly onEdit?: AgGridReactProps<Row>['onCellEditingStopped'];
}) {
  const { label, rows, columns, idOf, empty, onFocus, onEdit } = props;
  const nonce = styleNonce();
  const getRowId = useMemo<GetRowIdFunc<Row>>(
    () =>
      ({ data }) =>
        idOf(data),
    [idOf],
  );
  const onCellFocused = useCallback(
    ({ api, rowIndex, column }: CellFocusedEvent<Row>) => {
      const row = rowIndex === null ? undefined : api.getDisplayedRowAtIndex(rowIndex)?.data;
      onFocus?.(row, typeof column === 'object' && column ? column.getColId() : '');
    },
    [onFocus],
  );
  const localeText = useMemo(() => ({ noRowsToShow: empty }), [empty]);
  return (
    <section className="batch-grid" aria-label={label}>
      <AgGridReact<Row>
        theme={gridTheme}
        // The grid changes neither the list nor the definitions.
        rowData={rows as Row[]}
        columnDefs={columns as ColDef<Row>[]}
        defaultColDef={columnDefaults}
        getRowId={getRowId}
        localeText={localeText}
        // Few lines beyond those in sight: each is made by React, and a quick scroll makes all of them anew.
        rowBuffer={3}
        animateRows={false}
        tooltipShowDelay={300}
        stopEditingWhenCellsLoseFocus
        enableCellTextSelection
        onCellFocused={onCellFocused}
        {...(onEdit ? { onCellEditingStopped: onEdit } : {})}
        {...(nonce ? { styleNonce: nonce } : {})}
      />
    </section>
  );
}
