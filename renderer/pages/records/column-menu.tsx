import { DownOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RecordLayout } from '../../../shared/contract/record-operations.ts';
import { recordColumnLabels } from '../../../shared/invoice/record-labels.ts';
import { useLanguage } from '../../i18n/i18n.ts';
import { completeColumns } from './columns.ts';
import type { RecordsApi } from './records-grid.tsx';

/** Which columns the table shows. */
export function ColumnMenu(props: { readonly api: RecordsApi | undefined; readonly layout: RecordLayout }) {
  const { api, layout } = props;
  const { t } = useTranslation();
  const { say } = useLanguage();
  const columns = completeColumns(layout);
  const shown = columns.filter((column) => column.shown).map(({ column }) => column);
  const reset = () =>
    api?.applyColumnState({
      applyOrder: true,
      state: completeColumns({ columns: [], views: [] }).map(({ column, width, shown: isShown }) => ({
        colId: column,
        width,
        hide: !isShown,
      })),
    });
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('records.columnsTitle')}
      content={
        <div className="records-columns">
          <Checkbox.Group
            aria-label={t('records.columnsTitle')}
            value={shown}
            options={columns.map(({ column }) => ({ value: column, label: say(recordColumnLabels[column]) }))}
            onChange={(chosen) => {
              // A table without a column could not be found again.
              if (chosen.length === 0) return;
              for (const { column } of columns) api?.setColumnsVisible([column], chosen.includes(column));
            }}
          />
          <Button size="small" onClick={reset}>
            {t('records.columnsReset')}
          </Button>
        </div>
      }
    >
      <Button>
        {t('records.columns')}
        <DownOutlined aria-hidden="true" />
      </Button>
    </Popover>
  );
}
