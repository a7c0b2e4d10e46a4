import type { RecordColumn, RecordRow } from '../../shared/contract/record-operations.ts';
import { formatBeijingDate, formatBeijingDateTime } from '../../shared/invoice/beijing-time.ts';
import { formatYuan } from '../../shared/invoice/money.ts';
import { invoiceStateLabels } from '../../shared/invoice/state.ts';
import { inLanguage, type Language } from '../../shared/text.ts';
import { reimburseStatusLabels } from '../../shared/wechat/reimburse-status.ts';
import type { RecordNames } from '../records/record-names.ts';

const inBeijing = (instant: string | null): string =>
  instant === null ? '' : formatBeijingDateTime(Math.floor(Date.parse(instant) / 1000));

/** The amounts, in fen; a spreadsheet gets them as numbers. */
export function amountOf(row: RecordRow, column: RecordColumn): number | undefined {
  if (column === 'fee') return row.feeFen;
  if (column === 'feeWithoutTax') return row.feeWithoutTaxFen;
  return column === 'tax' ? row.taxFen : undefined;
}

/** A cell of an exported table. */
export function recordCell(row: RecordRow, column: RecordColumn, names: RecordNames, language: Language): string {
  switch (column) {
    case 'state':
      return inLanguage(invoiceStateLabels[row.state], language);
    case 'reimburseStatus':
      return row.reimburseStatus === null ? '' : inLanguage(reimburseStatusLabels[row.reimburseStatus], language);
    case 'account':
      return names.accounts.get(row.accountId) ?? '';
    case 'template':
      return (row.templateId === null ? undefined : names.templates.get(row.templateId)) ?? '';
    case 'fee':
    case 'feeWithoutTax':
    case 'tax':
      return formatYuan(amountOf(row, column) ?? 0, { grouped: false });
    case 'billingTime':
      return row.billingTime === 0 ? '' : formatBeijingDate(row.billingTime);
    case 'created':
      return inBeijing(row.createdAt);
    case 'issued':
      return inBeijing(row.issuedAt);
    case 'cardCode':
      return row.cardCode ?? '';
    default:
      return row[column];
  }
}
