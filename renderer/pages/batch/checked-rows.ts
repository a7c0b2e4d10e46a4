import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { CheckedRow } from '../../../shared/contract/table-operations.ts';
import type { CellEdit } from '../../../shared/contract/table-reading.ts';
import type { Finding } from '../../../shared/invoice/findings.ts';
import { type Repair, repairRow } from '../../../shared/table/repair-cell.ts';

export type CheckedTable = OutputOf<'table.check'>;

export interface PlacedFinding {
  readonly finding: Finding;
  /** The column of the file it is about; undefined: none of them. */
  readonly column: number | undefined;
}

/** One row of the file; an order can have several. */
export interface TableLine {
  readonly id: string;
  readonly rowNumber: number;
  readonly order: CheckedRow;
  readonly isFirst: boolean;
  readonly cells: readonly string[];
  readonly findings: readonly PlacedFinding[];
}

/** The row of its order in which a finding's value stands; the first where none has it. */
function lineOf({ cells }: CheckedRow, { value }: Finding, column: number | undefined): number {
  if (column === undefined) return 0;
  return Math.max(
    0,
    cells.findIndex((ofRow) => (ofRow[column] ?? '').trim() === value),
  );
}

/** The file's rows with what was found about their cells. */
export function linesOf({ header, rows }: CheckedTable): TableLine[] {
  const places = new Map<string, number>();
  for (const [index, name] of header.entries()) if (!places.has(name.trim())) places.set(name.trim(), index);
  return rows.flatMap((order) => {
    const placed = order.findings.map((finding) => {
      const column = places.get(finding.field);
      return { finding, column, line: lineOf(order, finding, column) };
    });
    return order.cells.map((cells, line) => ({
      id: String(order.rowNumbers[line] ?? order.rowNumber),
      rowNumber: order.rowNumbers[line] ?? order.rowNumber,
      order,
      isFirst: line === 0,
      cells,
      findings: placed.filter((one) => one.line === line),
    }));
  });
}

export type RowFilter = 'all' | 'faulty' | 'withFindings';

export function filterLines(lines: readonly TableLine[], filter: RowFilter): readonly TableLine[] {
  if (filter === 'all') return lines;
  return lines.filter(({ order }) => (filter === 'faulty' ? order.state === 'faulty' : order.findings.length > 0));
}

export interface LineRepair extends Repair {
  readonly row: number;
}

/** Every repair that can be proposed for a table's faults. */
export function repairsOf({ columns }: CheckedTable, lines: readonly TableLine[]): LineRepair[] {
  return lines.flatMap(({ cells, findings, rowNumber }) =>
    findings.length === 0 ? [] : repairRow(cells, columns, findings).map((repair) => ({ ...repair, row: rowNumber })),
  );
}

export function editOf({ row, column, after }: LineRepair): CellEdit {
  return { row, column, value: after };
}
