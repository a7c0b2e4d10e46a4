import type { CellClassRules, ColDef } from 'ag-grid-community';
import type { TFunction } from 'i18next';
import type { BatchRowState } from '../../../shared/contract/batch-operations.ts';

const tones: Readonly<Record<BatchRowState, 'good' | 'bad' | 'warn' | 'quiet'>> = {
  faulty: 'bad',
  already: 'quiet',
  waiting: 'quiet',
  doubtful: 'warn',
  cancelled: 'quiet',
  issued: 'good',
  rejected: 'bad',
  unknown: 'warn',
};

/**
 * A column of states, by word and colour.
 * @param read the state of a row and, where it is not the state's own, its word; undefined: the row has none
 */
export function stateColumn<Row>(
  t: TFunction,
  read: (row: Row) => { readonly state: BatchRowState; readonly word?: string | undefined } | undefined,
): ColDef<Row> {
  const rules = [...new Set(Object.values(tones))].map((tone): [string, CellClassRules<Row>[string]] => [
    `batch-state-${tone}`,
    ({ data }) => {
      const state = data && read(data)?.state;
      return state !== undefined && tones[state] === tone;
    },
  ]);
  return {
    colId: 'state',
    headerName: t('batch.column.state'),
    valueGetter: ({ data }) => {
      const found = data && read(data);
      return found && (found.word ?? t(`batch.rowState.${found.state}`));
    },
    cellClassRules: Object.fromEntries(rules),
  };
}
