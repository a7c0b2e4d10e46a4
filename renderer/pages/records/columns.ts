import type { ColDef, ICellRendererParams, ValueGetterParams } from 'ag-grid-community';
import { type RefObject, useMemo } from 'react';
import {
  type RecordColumn,
  type RecordLayout,
  type RecordRow,
  type RecordSort,
  recordColumns,
} from '../../../shared/contract/record-operations.ts';
import { recordColumnLabels } from '../../../shared/invoice/record-labels.ts';
import { inLanguage } from '../../../shared/text.ts';
import { useLanguage } from '../../i18n/i18n.ts';
import { type CellParts, cellText, drawCell, isDrawn } from './record-cells.tsx';
import { columnOfSort, sortOfColumn } from './use-record-source.ts';

const widths: Readonly<Record<RecordColumn, number>> = {
  state: 168,
  billingNo: 196,
  title: 212,
  fee: 116,
  billingTime: 112,
  orderId: 168,
  reimburseStatus: 176,
  account: 168,
  billingCode: 152,
  buyerNumber: 184,
  feeWithoutTax: 128,
  tax: 112,
  template: 240,
  cardCode: 144,
  remarks: 240,
  created: 168,
  issued: 168,
};

const shownAtFirst: ReadonlySet<RecordColumn> = new Set([
  'state',
  'billingNo',
  'title',
  'fee',
  'billingTime',
  'orderId',
  'reimburseStatus',
  'account',
  'created',
]);
const amounts: ReadonlySet<RecordColumn> = new Set(['fee', 'feeWithoutTax', 'tax']);

/** All columns as they were left; those that are new since then stand at the end. */
export function completeColumns(layout: RecordLayout): RecordLayout['columns'] {
  const known = layout.columns.map(({ column }) => column);
  const missing = recordColumns
    .filter((column) => !known.includes(column))
    .map((column) => ({ column, width: widths[column], shown: known.length === 0 && shownAtFirst.has(column) }));
  return [...layout.columns, ...missing];
}

/**
 * The table's columns as it opens; later it keeps order, widths and sorting by itself.
 * @param parts what its cells are drawn from, as it is when they are drawn
 */
export function useColumns(
  layout: RecordLayout,
  sort: RecordSort,
  parts: RefObject<CellParts>,
): readonly ColDef<RecordRow>[] {
  const { language } = useLanguage();
  return useMemo(
    () =>
      completeColumns(layout).map(({ column, width, shown: isShown }) => ({
        colId: column,
        headerName: inLanguage(recordColumnLabels[column], language),
        initialWidth: width,
        initialHide: !isShown,
        sortable: column in sortOfColumn,
        ...(columnOfSort(sort) === column
          ? { initialSort: sort.descending ? ('desc' as const) : ('asc' as const) }
          : {}),
        sortingOrder: column === 'title' ? ['asc', 'desc', null] : ['desc', 'asc', null],
        ...(amounts.has(column) ? { headerClass: 'ag-right-aligned-header', cellClass: 'ag-right-aligned-cell' } : {}),
        ...(isDrawn(column)
          ? { cellRenderer: ({ data }: ICellRendererParams<RecordRow>) => drawCell(data, column, parts.current) }
          : { valueGetter: ({ data }: ValueGetterParams<RecordRow>) => data && cellText(data, column, parts.current) }),
      })),
    [layout, sort, parts, language],
  );
}
