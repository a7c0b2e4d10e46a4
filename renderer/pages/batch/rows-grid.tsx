import {
  type CellEditingStoppedEvent,
  CellStyleModule,
  ClientSideRowModelModule,
  type ColDef,
  createGrid,
  type GridApi,
  type GridOptions,
  LocaleModule,
  ModuleRegistry,
  RowApiModule,
  TextEditorModule,
  TooltipModule,
} from 'ag-grid-community';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
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

const fixedOptions = {
  theme: gridTheme,
  defaultColDef: { sortable: false, resizable: true, suppressMovable: true, minWidth: 64 },
  // Few lines beyond those in sight: a quick scroll makes all of them anew.
  rowBuffer: 3,
  animateRows: false,
  tooltipShowDelay: 300,
  stopEditingWhenCellsLoseFocus: true,
  enableCellTextSelection: true,
  // Until its rows are handed to it a moment later it would say in English that it is loading.
  loading: false,
} as const satisfies GridOptions;

interface GridProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly ColDef<Row>[];
  readonly idOf: (row: Row) => string;
  readonly empty: string;
  readonly onFocus?: (row: Row | undefined, columnId: string) => void;
  readonly onEdit?: (event: CellEditingStoppedEvent<Row>) => void;
}

type Content<Row> = Pick<GridProps<Row>, 'rows' | 'columns'>;

// The grid changes neither the list nor the definitions.
const contentOf = <Row,>({ rows, columns }: Content<Row>) => ({
  rowData: rows as Row[],
  columnDefs: columns as ColDef<Row>[],
});

/** What a person does to the table, told to whoever listens by then. */
function listening<Row>(latest: { readonly current: GridProps<Row> }): GridOptions<Row> {
  return {
    getRowId: ({ data }) => latest.current.idOf(data),
    onCellFocused: ({ api, rowIndex, column }) => {
      const row = rowIndex === null ? undefined : api.getDisplayedRowAtIndex(rowIndex)?.data;
      latest.current.onFocus?.(row, typeof column === 'object' && column ? column.getColId() : '');
    },
    onCellEditingStopped: (event) => latest.current.onEdit?.(event),
  };
}

/** A table of any length, of which only the rows in sight are drawn. */
export function RowsGrid<Row>(props: GridProps<Row>) {
  const { label, rows, columns, empty } = props;
  const nonce = styleNonce();
  const place = useRef<HTMLElement>(null);
  const [grid, setGrid] = useState<GridApi<Row>>();
  const shown = useRef<Content<Row>>(undefined);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    let made: GridApi<Row> | undefined;
    // The page, the table and its rows each in a task of their own: all at once they would keep a click waiting.
    const timer = setTimeout(() => {
      if (!place.current) return;
      // Without the kit's component for React, which draws each row and cell as a component of its own.
      made = createGrid<Row>(place.current, {
        ...fixedOptions,
        ...listening(latest),
        ...(nonce ? { styleNonce: nonce } : {}),
        localeText: { noRowsToShow: empty },
        columnDefs: contentOf(latest.current).columnDefs,
      });
      shown.current = { columns: latest.current.columns, rows: [] };
      setGrid(made);
    });
    return () => {
      clearTimeout(timer);
      setGrid(undefined);
      made?.destroy();
    };
  }, [empty, nonce]);
  useLayoutEffect(() => {
    const { rows: before, columns: columnsBefore } = shown.current ?? {};
    shown.current = { rows, columns };
    // It lays its columns out anew whenever it is given them.
    const { rowData, columnDefs } = contentOf({ rows, columns });
    if (columns !== columnsBefore) grid?.updateGridOptions({ columnDefs, rowData });
    else if (rows !== before) grid?.updateGridOptions({ rowData });
  }, [grid, rows, columns]);
  return <section className="batch-grid" aria-label={label} ref={place} />;
}
