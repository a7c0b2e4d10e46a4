import { VerticalAlignBottomOutlined } from '@ant-design/icons';
import type { CellEditingStoppedEvent, ColDef } from 'ag-grid-community';
import { Button } from 'antd';
import { type ClipboardEvent, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CellEdit, pdfNameColumn } from '../../../shared/contract/table-reading.ts';
import type { Finding } from '../../../shared/invoice/findings.ts';
import { nameColumn } from '../../../shared/table/column-names.ts';
import { ignoredTarget } from '../../../shared/table/column-target.ts';
import { useLanguage } from '../../i18n/i18n.ts';
import { type CheckedTable, editOf, pdfRepairOf, type TableLine } from './checked-rows.ts';
import { fillDown, pasteCells } from './fill-cells.ts';
import { RowDetail } from './row-detail.tsx';
import { stateColumn } from './row-state.ts';
import { RowsGrid } from './rows-grid.tsx';

const fileColumn = /^file-(\d+)$/;
const narrowest = 88;
const widest = 240;

/** Wide enough for what stands in the column's first rows: Chinese characters take about twice the room of others. */
function widthOf(name: string, sample: CheckedTable['sample'], index: number): number {
  const lengths = sample.map(({ cells: [cells] }) => drawnLength(cells?.[index] ?? ''));
  return Math.min(widest, Math.max(narrowest, 24 + 7.5 * Math.max(drawnLength(name.trim()) + 1, ...lengths)));
}

const drawnLength = (text: string): number => text.length + (text.match(/[\u0100-\uffff]/g)?.length ?? 0) * 0.8;

const idOf = ({ id }: TableLine) => id;

/** They stay the same while the file does: the grid would lay them out anew for every correction. */
function useColumns({ file, sample }: CheckedTable): readonly ColDef<TableLine>[] {
  const { t } = useTranslation();
  const { say, language } = useLanguage();
  return useMemo(() => {
    const { header, columns } = file;
    const problem = (line: TableLine | undefined) =>
      (line?.findings ?? [])
        .map(({ finding }) => `${nameColumn(finding.field, language, file)} ${say(finding.text)}`.trim())
        .join(' · ');
    const ofFile = header.flatMap((name, index): ColDef<TableLine>[] => {
      if (name.trim() === '' || columns[index] === ignoredTarget) return [];
      const worst = ({ findings }: TableLine) => {
        const here = findings.filter(({ column }) => column === index);
        if (here.some(({ finding }) => finding.severity === 'fault')) return 'fault';
        return here.length > 0 ? 'warning' : undefined;
      };
      return [
        {
          colId: `file-${index}`,
          headerName: name.trim(),
          width: widthOf(name, sample, index),
          editable: true,
          valueGetter: ({ data }) => data?.cells[index] ?? '',
          // The rows are what main says; the page asks it again with the edit.
          valueSetter: () => false,
          // Rules, because the grid looks at them again where the row changes and the cell's own text does not.
          cellClassRules: {
            'batch-cell-fault': ({ data }) => data !== undefined && worst(data) === 'fault',
            'batch-cell-warning': ({ data }) => data !== undefined && worst(data) === 'warning',
            'batch-cell-edited': ({ data }) => data?.edited.has(index) ?? false,
          },
        },
      ];
    });
    return [
      {
        colId: 'row',
        headerName: t('batch.column.rowNumber'),
        width: 64,
        pinned: 'left',
        valueGetter: ({ data }) => data?.rowNumber,
      },
      {
        ...stateColumn<TableLine>(t, ({ isFirst, order: { state, change } }) => {
          if (!isFirst) return undefined;
          return { state, word: state === 'waiting' && change ? t(`batch.change.${change}`) : undefined };
        }),
        width: 118,
        pinned: 'left',
      },
      {
        colId: 'problem',
        headerName: t('batch.column.problem'),
        width: 260,
        valueGetter: ({ data }) => problem(data),
        tooltipValueGetter: ({ data }) => problem(data),
      },
      ...ofFile,
      {
        colId: 'pdf',
        headerName: t('batch.column.pdf'),
        width: 220,
        valueGetter: ({ data }) => (data?.isFirst ? (data.order.pdf ?? '—') : ''),
        cellClassRules: { 'batch-cell-edited': ({ data }) => data?.edited.has(pdfNameColumn) ?? false },
      },
    ];
  }, [file, sample, t, say, language]);
}

/** The file's rows with their findings in place; a cell can be corrected where it stands. */
export function CheckedGrid(props: {
  readonly checked: CheckedTable;
  readonly lines: readonly TableLine[];
  readonly onEdit: (edits: readonly CellEdit[]) => void;
}) {
  const { checked, lines, onEdit } = props;
  const { t } = useTranslation();
  const [focused, setFocused] = useState<{ readonly id: string; readonly columnId: string }>();
  const columns = useColumns(checked);
  const index = lines.findIndex(({ id }) => id === focused?.id);
  const line = lines[index];
  const place = line && { line: index, column: Number(fileColumn.exec(focused?.columnId ?? '')?.[1] ?? -1) };
  const filling = place ? fillDown(lines, place, checked.file) : [];
  const onFocus = useCallback(
    (row: TableLine | undefined, columnId: string) => setFocused(row && { id: row.id, columnId }),
    [],
  );
  const onPaste = (event: ClipboardEvent) => {
    // In a cell that is being written the text goes where the cursor is.
    if (!place || event.target instanceof HTMLInputElement) return;
    const shown = columns.flatMap(({ colId = '' }) => fileColumn.exec(colId)?.[1] ?? []).map(Number);
    const edits = pasteCells(lines, place, shown, event.clipboardData.getData('text/plain'));
    if (edits.length > 0) onEdit(edits);
  };
  const onCellEdited = useCallback(
    ({ data, column, newValue, valueChanged }: CellEditingStoppedEvent<TableLine>) => {
      const [, index] = fileColumn.exec(column.getId()) ?? [];
      if (data && valueChanged && index !== undefined)
        onEdit([{ row: data.rowNumber, column: Number(index), value: String(newValue ?? '') }]);
    },
    [onEdit],
  );
  const takeOf = (finding: Finding) => {
    const placed = line?.findings.find((one) => one.finding === finding);
    const repair = line && placed && pdfRepairOf(line, placed);
    return repair && (() => onEdit([editOf(repair)]));
  };
  return (
    <>
      <div className="batch-pasted" onPaste={onPaste}>
        <RowsGrid
          label={t('batch.check.rows')}
          rows={lines}
          columns={columns}
          idOf={idOf}
          empty={t('batch.check.none')}
          onFocus={onFocus}
          onEdit={onCellEdited}
        />
      </div>
      <div className="batch-about">
        <RowDetail
          hint={t('batch.check.detail')}
          rowNumber={line?.rowNumber}
          findings={line?.findings.map(({ finding }) => finding) ?? []}
          file={checked.file}
          takeOf={takeOf}
        />
        {filling.length > 0 && (
          <Button icon={<VerticalAlignBottomOutlined aria-hidden="true" />} onClick={() => onEdit(filling)}>
            {t('batch.check.fillDown', { count: filling.length })}
          </Button>
        )}
      </div>
    </>
  );
}
