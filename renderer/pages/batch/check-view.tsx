import { ReloadOutlined, ToolOutlined, UndoOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PdfFinding } from '../../../shared/contract/pdf-table-operations.ts';
import type { CellEdit } from '../../../shared/contract/table-reading.ts';
import { spinning } from '../../components/spinning.tsx';
import { CheckedGrid } from './checked-grid.tsx';
import {
  type CheckedTable,
  editOf,
  filterLines,
  type LineRepair,
  linesOf,
  markEdits,
  type RowFilter,
  repairsOf,
  withPdfFindings,
} from './checked-rows.ts';
import { Counts } from './counts.tsx';
import { FixDialog } from './fix-dialog.tsx';
import { PdfComparison } from './pdf-comparison.tsx';
import { PdfMatching } from './pdf-matching.tsx';
import type { Comparison } from './use-comparison.ts';
import { type Desk, withEdits } from './use-desk.ts';

function CheckCounts({ checked }: { readonly checked: CheckedTable }) {
  const { t } = useTranslation();
  const { counts, changes } = checked;
  const items = [
    { key: 'good', name: t('batch.check.good'), count: counts.waiting, tone: 'good' },
    { key: 'faulty', name: t('batch.check.faulty'), count: counts.faulty, tone: counts.faulty > 0 ? 'bad' : 'plain' },
    { key: 'new', name: t('batch.check.new'), count: changes.new },
    { key: 'changed', name: t('batch.check.changed'), count: changes.changed },
    { key: 'unchanged', name: t('batch.check.unchanged'), count: changes.unchanged },
    { key: 'conflicting', name: t('batch.check.conflicting'), count: changes.conflicting },
    { key: 'already', name: t('batch.check.already'), count: counts.already },
  ];
  const shown = items.filter(({ key, count }) => count > 0 || key === 'good' || key === 'faulty');
  return <Counts label={t('batch.check.counts')} items={shown} />;
}

/** How much was corrected, and the ways back: the last step also by the keys that undo elsewhere. */
function EditsMade(props: { readonly count: number; readonly onUndo: () => void; readonly onUndoAll: () => void }) {
  const { count, onUndo, onUndoAll } = props;
  const { t } = useTranslation();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      // In a field the keys take back what is being typed there.
      const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      if (!isUndo || isTyping) return;
      event.preventDefault();
      onUndo();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onUndo]);
  return (
    <>
      <span role="status">{t('batch.check.edited', { count })}</span>
      <Button
        type="text"
        icon={<UndoOutlined aria-hidden="true" />}
        aria-keyshortcuts="Control+Z Meta+Z"
        onClick={onUndo}
      >
        {t('batch.check.undoLast')}
      </Button>
      <Button type="text" onClick={onUndoAll}>
        {t('batch.check.undoEdits')}
      </Button>
    </>
  );
}

/** Where all order numbers are still to be filled in, a row must not go out of sight with its own. */
function firstFilter({ counts, rows }: CheckedTable): RowFilter {
  return counts.faulty > 0 && rows.some(({ orderId }) => orderId !== '') ? 'faulty' : 'all';
}

const nothingFound: readonly PdfFinding[] = [];

/** What an import would do, row by row, and the means to correct it before. */
export function CheckView(props: {
  readonly checked: CheckedTable;
  readonly busy: boolean;
  readonly comparison: Comparison;
  readonly edits: Desk['edits'];
  readonly onEdits: (edits: Desk['edits']) => void;
  readonly onUndo: () => void;
  readonly onAgain: () => void;
}) {
  const { checked, busy, comparison, edits, onEdits, onUndo, onAgain } = props;
  const { t } = useTranslation();
  const [filter, setFilter] = useState<RowFilter>(() => firstFilter(checked));
  const [fixing, setFixing] = useState(false);
  const found = comparison.data?.findings ?? nothingFound;
  const lines = useMemo(() => withPdfFindings(linesOf(checked), found), [checked, found]);
  const shown = useMemo(() => markEdits(filterLines(lines, filter), edits), [lines, filter, edits]);
  const repairs = useMemo(() => repairsOf(checked.file, lines), [checked, lines]);
  const onEdit = useCallback((some: readonly CellEdit[]) => onEdits(withEdits(edits, some)), [edits, onEdits]);
  const take = (some: readonly LineRepair[]) => onEdits(withEdits(edits, some.map(editOf)));
  const apply = () => {
    setFixing(false);
    take(repairs);
  };
  return (
    <section className="batch-check" aria-label={t('batch.check.counts')} aria-busy={busy}>
      <CheckCounts checked={checked} />
      <PdfMatching checked={checked} />
      <PdfComparison comparison={comparison} checked={checked} lines={lines} onTake={take} />
      <div className="batch-tools">
        <Segmented<RowFilter>
          value={filter}
          aria-label={t('batch.check.filter')}
          options={(['all', 'faulty', 'withFindings'] as const).map((value) => ({
            value,
            label: t(`batch.check.${value}`),
          }))}
          onChange={setFilter}
        />
        {repairs.length > 0 && (
          <Button icon={<ToolOutlined aria-hidden="true" />} onClick={() => setFixing(true)}>
            {t('batch.check.fixAll', { count: repairs.length })}
          </Button>
        )}
        <div className="batch-edits">
          {edits.length > 0 && <EditsMade count={edits.length} onUndo={onUndo} onUndoAll={() => onEdits([])} />}
          <Button icon={<ReloadOutlined aria-hidden="true" />} loading={spinning(busy)} onClick={onAgain}>
            {t('batch.check.again')}
          </Button>
        </div>
      </div>
      <CheckedGrid checked={checked} lines={shown} onEdit={onEdit} />
      <FixDialog
        open={fixing}
        title={t('batch.fix.title')}
        lead={t('batch.fix.lead')}
        repairs={repairs}
        header={checked.file.header}
        onApply={apply}
        onClose={() => setFixing(false)}
      />
    </section>
  );
}
