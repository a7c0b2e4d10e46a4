import type { ColDef } from 'ag-grid-community';
import { Segmented } from 'antd';
import { memo, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchRow, BatchRowState } from '../../../shared/contract/batch-operations.ts';
import { nameColumn } from '../../../shared/table/column-names.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { useLanguage } from '../../i18n/i18n.ts';
import { RowDetail } from './row-detail.tsx';
import { stateColumn } from './row-state.ts';
import { RowsGrid } from './rows-grid.tsx';
import { useBatchRows } from './use-batch-rows.ts';

const problemStates: readonly BatchRowState[] = ['faulty', 'rejected', 'unknown', 'doubtful'];
const idOf = ({ id }: BatchRow) => String(id);

/** A batch's rows and what became of them. The run's progress, told ten times a second, is no business of theirs. */
export const BatchRows = memo(({ batchId }: { readonly batchId: number }) => {
  const reading = useBatchRows(batchId);
  if (reading.error) return <ErrorNotice error={reading.error} actions={{ retry: () => void reading.refetch() }} />;
  return reading.data ? <RowsTable rows={reading.data} /> : <Loading />;
});

function RowsTable({ rows }: { readonly rows: readonly BatchRow[] }) {
  const { t } = useTranslation();
  const { say, language } = useLanguage();
  const [filter, setFilter] = useState<'all' | 'problemRows'>('all');
  const [focused, setFocused] = useState<number>();
  const columns = useMemo<readonly ColDef<BatchRow>[]>(() => {
    const problem = ({ findings }: BatchRow) =>
      findings.map((one) => `${nameColumn(one.field, language)} ${say(one.text)}`.trim()).join(' · ');
    return [
      { headerName: t('batch.column.rowNumber'), width: 72, valueGetter: ({ data }) => data?.rowNumber },
      { ...stateColumn<BatchRow>(t, (row) => row), width: 128 },
      { headerName: t('batch.column.orderId'), width: 160, valueGetter: ({ data }) => data?.orderId },
      { headerName: t('batch.column.title'), width: 208, valueGetter: ({ data }) => data?.title },
      {
        headerName: t('batch.column.problem'),
        flex: 1,
        minWidth: 220,
        valueGetter: ({ data }) => data && problem(data),
      },
    ];
  }, [t, say, language]);
  const shown = useMemo(
    () => (filter === 'all' ? rows : rows.filter(({ state }) => problemStates.includes(state))),
    [rows, filter],
  );
  const onFocus = useCallback((row: BatchRow | undefined) => setFocused(row?.id), []);
  const row = rows.find(({ id }) => id === focused);
  return (
    <>
      <div className="batch-tools">
        <Segmented<'all' | 'problemRows'>
          value={filter}
          aria-label={t('batch.check.filter')}
          options={[
            { value: 'all', label: t('batch.check.all') },
            { value: 'problemRows', label: t('batch.view.problemRows') },
          ]}
          onChange={setFilter}
        />
      </div>
      <RowsGrid
        label={t('batch.view.rows')}
        rows={shown}
        columns={columns}
        idOf={idOf}
        empty={t('batch.check.none')}
        onFocus={onFocus}
      />
      {row && <RowDetail hint="" rowNumber={row.rowNumber} findings={row.findings} />}
    </>
  );
}
