import { ExclamationCircleOutlined } from '@ant-design/icons';
import type { ColDef, ICellRendererParams } from 'ag-grid-community';
import { Tag } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Template } from '../../../shared/contract/account-operations.ts';
import {
  type RecordColumn,
  type RecordLayout,
  type RecordRow,
  type RecordSort,
  recordColumns,
} from '../../../shared/contract/record-operations.ts';
import { formatBeijingDate, formatBeijingDateTime } from '../../../shared/invoice/beijing-time.ts';
import { formatYuan } from '../../../shared/invoice/money.ts';
import { recordColumnLabels } from '../../../shared/invoice/record-labels.ts';
import { inLanguage } from '../../../shared/text.ts';
import { useAccounts } from '../../app/accounts.tsx';
import { AccountName } from '../../components/account-name.tsx';
import { GroupedNumber } from '../../components/grouped-number.tsx';
import { ReimburseTag, StateTag } from '../../components/status-tag.tsx';
import { useLanguage } from '../../i18n/i18n.ts';
import { columnOfSort, sortOfColumn } from './use-record-source.ts';

const widths: Readonly<Record<RecordColumn, number>> = {
  state: 168,
  billingNo: 232,
  title: 240,
  fee: 128,
  billingTime: 120,
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

const inBeijing = (instant: string): string => formatBeijingDateTime(Math.floor(Date.parse(instant) / 1000));

/** Where an invoice stands; what a restore put in doubt is marked beside it. */
function State({ row }: { readonly row: RecordRow }) {
  const { t } = useTranslation();
  const isDoubtful = row.needsYou && row.state !== 'rejected' && row.state !== 'unknown';
  return (
    <>
      <StateTag state={row.state} />
      {isDoubtful && (
        <Tag className="status-tag" color="warning" icon={<ExclamationCircleOutlined aria-hidden="true" />}>
          {t('records.needsYouMark')}
        </Tag>
      )}
    </>
  );
}

/** The number, which opens its invoice. Of the keyboard it is the cell that does: focus stays in the table. */
function NumberLink({ row }: { readonly row: RecordRow }) {
  const { t } = useTranslation();
  const number = row.billingNo || t('records.noNumber');
  return (
    <Link className="text-link" href={`/invoice/${row.id}`} tabIndex={-1} aria-label={t('records.open', { number })}>
      {row.billingNo === '' ? number : <GroupedNumber digits={row.billingNo} />}
    </Link>
  );
}

function OwnAccount({ accountId }: { readonly accountId: number }) {
  const { accounts } = useAccounts();
  const account = accounts.find(({ id }) => id === accountId);
  return account ? <AccountName account={account} /> : null;
}

function shown(row: RecordRow, column: RecordColumn, templates: readonly Template[]): ReactNode {
  switch (column) {
    case 'state':
      return <State row={row} />;
    case 'billingNo':
      return <NumberLink row={row} />;
    case 'billingCode':
      return row.billingCode === '' ? '—' : <GroupedNumber digits={row.billingCode} />;
    case 'fee':
      return formatYuan(row.feeFen, { symbol: true });
    case 'feeWithoutTax':
      return formatYuan(row.feeWithoutTaxFen, { symbol: true });
    case 'tax':
      return formatYuan(row.taxFen, { symbol: true });
    case 'billingTime':
      return row.billingTime === 0 ? '—' : formatBeijingDate(row.billingTime);
    case 'reimburseStatus':
      return row.state === 'issued' ? <ReimburseTag status={row.reimburseStatus} /> : '—';
    case 'account':
      return <OwnAccount accountId={row.accountId} />;
    case 'template': {
      const template = templates.find(({ id }) => id === row.templateId);
      return template ? template.title || template.payee : '—';
    }
    case 'created':
      return inBeijing(row.createdAt);
    case 'issued':
      return row.issuedAt === null ? '—' : inBeijing(row.issuedAt);
    default:
      return row[column] || '—';
  }
}

/** The table's columns as it opens; later it keeps order, widths and sorting by itself. */
export function useColumns(
  layout: RecordLayout,
  sort: RecordSort,
  templates: readonly Template[],
): ColDef<RecordRow>[] {
  const { t } = useTranslation();
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
        ...(amounts.has(column)
          ? { headerClass: 'ag-right-aligned-header', cellClass: ['ag-right-aligned-cell', 'amount'] }
          : {}),
        cellRenderer: ({ data }: ICellRendererParams<RecordRow>) =>
          data ? (
            shown(data, column, templates)
          ) : (
            <span className="row-loading" role="img" aria-label={t('records.rowLoading')} />
          ),
      })),
    [layout, sort, templates, language, t],
  );
}
