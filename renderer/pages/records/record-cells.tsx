import { ExclamationCircleOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import type { TFunction } from 'i18next';
import { type ReactNode, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../../shared/contract/account-operations.ts';
import type { RecordColumn, RecordRow } from '../../../shared/contract/record-operations.ts';
import { formatBeijingDate, formatBeijingDateTime } from '../../../shared/invoice/beijing-time.ts';
import { formatYuan } from '../../../shared/invoice/money.ts';
import { invoiceStates } from '../../../shared/invoice/state.ts';
import { isReimburseStatus, reimburseStatuses } from '../../../shared/wechat/reimburse-status.ts';
import { useAccounts } from '../../app/accounts.tsx';
import { AccountName } from '../../components/account-name.tsx';
import { digitGroups } from '../../components/grouped-number.tsx';
import { ReimburseTag, StateTag } from '../../components/status-tag.tsx';

/** What a cell needs beside its row. */
export interface CellParts {
  /** Holds a pattern for each tag, under its name. */
  readonly patterns: HTMLElement;
  readonly templates: readonly Template[];
  readonly t: TFunction;
}

/** The kit's tags, drawn once each and outside the page: to draw them anew in every cell would hold up every key and every turn of the wheel. */
export function useCellPatterns(): { readonly patterns: HTMLElement; readonly drawn: ReactNode } {
  const { t } = useTranslation();
  const { accounts } = useAccounts();
  const [patterns] = useState(() => document.createElement('div'));
  const drawn = useMemo(
    () =>
      createPortal(
        <>
          {invoiceStates.map((state) => (
            <span key={state} data-pattern={`state ${state}`}>
              <StateTag state={state} isPlain />
            </span>
          ))}
          <span data-pattern="needs you">
            <Tag className="status-tag" color="warning" icon={<ExclamationCircleOutlined aria-hidden="true" />}>
              {t('records.needsYouMark')}
            </Tag>
          </span>
          {reimburseStatuses.map((status) => (
            <span key={status} data-pattern={`status ${status}`}>
              <ReimburseTag status={status} isPlain />
            </span>
          ))}
          <span data-pattern="status none">
            <ReimburseTag status={null} isPlain />
          </span>
          <span data-pattern="status other">
            <ReimburseTag status="?" isPlain />
          </span>
          {accounts.map((account) => (
            <span key={account.id} data-pattern={`account ${account.id}`}>
              <AccountName account={account} />
            </span>
          ))}
        </>,
        patterns,
      ),
    [patterns, accounts, t],
  );
  return { patterns, drawn };
}

function copyOf({ patterns }: CellParts, name: string): readonly Element[] {
  return [...(patterns.querySelector(`[data-pattern="${name}"]`)?.children ?? [])].map(
    (one) => one.cloneNode(true) as Element, // the copy of an element is one
  );
}

function element(tag: 'span' | 'a', ...content: readonly (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  made.append(...content);
  return made;
}

/** In groups of four by thin spaces: elements for each, as elsewhere, would nearly double what a row has of them. */
const grouped = (digits: string): string => digitGroups(digits).join('\u2009');

/** The number, which opens its invoice. Of the keyboard it is the cell that does: focus stays in the table. */
function numberLink({ id, billingNo }: RecordRow, { t }: CellParts): HTMLElement {
  const number = grouped(billingNo) || t('records.noNumber');
  const link = element('a', number);
  link.className = 'text-link';
  link.setAttribute('href', `#/invoice/${id}`);
  link.setAttribute('tabindex', '-1');
  link.setAttribute('aria-label', t('records.open', { number }));
  return link;
}

/** Where an invoice stands; what a restore put in doubt is marked beside it. */
function stateTags({ state, needsYou }: RecordRow, parts: CellParts): readonly Element[] {
  const isDoubtful = needsYou && state !== 'rejected' && state !== 'unknown';
  return [...copyOf(parts, `state ${state}`), ...(isDoubtful ? copyOf(parts, 'needs you') : [])];
}

/** A status that the document does not list is shown as it came. */
function statusTag(status: string | null, parts: CellParts): readonly Element[] {
  if (!status) return copyOf(parts, 'status none');
  if (isReimburseStatus(status)) return copyOf(parts, `status ${status}`);
  const tags = copyOf(parts, 'status other');
  tags[0]?.replaceChildren(status);
  return tags;
}

const inBeijing = (instant: string): string => formatBeijingDateTime(Math.floor(Date.parse(instant) / 1000));

/** What the cells of a column hold beside text. */
const drawers = {
  state: stateTags,
  billingNo: (row: RecordRow, parts: CellParts) => [numberLink(row, parts)],
  reimburseStatus: ({ state, reimburseStatus }: RecordRow, parts: CellParts) =>
    state === 'issued' ? statusTag(reimburseStatus, parts) : ['—'],
  account: ({ accountId }: RecordRow, parts: CellParts) => copyOf(parts, `account ${accountId}`),
} as const satisfies Partial<Record<RecordColumn, (row: RecordRow, parts: CellParts) => readonly (Element | string)[]>>;

type DrawnColumn = keyof typeof drawers;

export function isDrawn(column: RecordColumn): column is DrawnColumn {
  return column in drawers;
}

/** Draws a cell; of a row that is still being read, its place. */
export function drawCell(row: RecordRow | undefined, column: DrawnColumn, parts: CellParts): HTMLElement {
  if (row) {
    const content = drawers[column](row, parts);
    const [only] = content;
    // Of all there is to a row that comes into sight, its elements take the most time.
    return content.length === 1 && only instanceof HTMLElement ? only : element('span', ...content);
  }
  const loading = element('span');
  loading.className = 'row-loading';
  loading.setAttribute('role', 'img');
  loading.setAttribute('aria-label', parts.t('records.rowLoading'));
  return loading;
}

/** A cell of nothing but text, which the table writes by itself: that is a third of all there is to draw. */
export function cellText(row: RecordRow, column: Exclude<RecordColumn, DrawnColumn>, parts: CellParts): string {
  switch (column) {
    case 'fee':
      return formatYuan(row.feeFen, { symbol: true });
    case 'feeWithoutTax':
      return formatYuan(row.feeWithoutTaxFen, { symbol: true });
    case 'tax':
      return formatYuan(row.taxFen, { symbol: true });
    case 'billingTime':
      return row.billingTime === 0 ? '—' : formatBeijingDate(row.billingTime);
    case 'billingCode':
      return grouped(row.billingCode) || '—';
    case 'template': {
      const template = parts.templates.find(({ id }) => id === row.templateId);
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
