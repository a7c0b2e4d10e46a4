import { basename, dirname, extname, join } from 'node:path';
import { type BatchRowState, batchRowStates } from '../../shared/contract/batch-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import type { Finding } from '../../shared/invoice/findings.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { Language, Text } from '../../shared/text.ts';
import type { BatchRowWithCells } from '../records/batch-repository.ts';
import type { Records } from '../records/records.ts';
import { type ReportRow, writeReport } from '../tables/report.ts';

const outcomes: Readonly<Record<BatchRowState, Text>> = {
  faulty: { zhCN: '有误，未开具', en: 'faulty, not issued' },
  already: { zhCN: '此前已开具', en: 'issued before' },
  waiting: { zhCN: '未开具', en: 'not issued yet' },
  doubtful: { zhCN: '恢复备份前可能已开具，需要您确认', en: 'may have been issued before a restore, needs you' },
  cancelled: { zhCN: '已取消，未开具', en: 'cancelled, not issued' },
  issued: { zhCN: '已开具', en: 'issued' },
  rejected: { zhCN: '被微信拒绝', en: 'rejected by WeChat' },
  unknown: { zhCN: '结果未知，需要您确认', en: 'outcome unknown, needs you' },
};

const nothing: Text = { zhCN: '', en: '' };
const noCodeYet: { readonly text: Text; readonly nextStep: Text } = {
  text: { zhCN: '卡券已生成，code 还不知道', en: 'the card is made, its code is not known yet' },
  nextStep: {
    zhCN: '收到这张卡券的状态推送，或在“解码”页解出它的跳转链接后，code 会自动补上。',
    en: 'A status push of this card, or its redirect link on the page Decrypt, will bring the code by itself.',
  },
};

function joinFindings(findings: readonly Finding[], pick: (finding: Finding) => Text): Text {
  const sentences = findings.map((one) => ({ field: one.field, text: pick(one) }));
  return {
    zhCN: sentences.map(({ field, text }) => `${field}：${text.zhCN}`).join('；'),
    en: sentences.map(({ field, text }) => `${field}: ${text.en}`).join('; '),
  };
}

function toReportRow(records: Records, row: BatchRowWithCells): ReportRow {
  const invoice = row.invoiceId === null ? undefined : records.invoices.find(row.invoiceId);
  const hasNoCode = invoice?.state === 'issued' && invoice.cardCode === null;
  const error = invoice?.error ?? (hasNoCode ? noCodeYet : undefined);
  const shown = row.state === 'faulty' ? row.findings.filter(({ severity }) => severity === 'fault') : row.findings;
  return {
    cells: row.cells,
    outcome: outcomes[row.state],
    cardCode: invoice?.cardCode ?? '',
    openid: invoice?.openid ?? '',
    explanation: error?.text ?? joinFindings(shown, ({ text }) => text),
    cure: error?.nextStep ?? (row.state === 'faulty' ? joinFindings(shown, ({ cure }) => cure) : nothing),
  };
}

/** Where the report of a table goes unless a place is named: `invoices.csv` → `invoices.report.csv` beside it. */
export function reportPathBeside(tablePath: string): string {
  return join(dirname(tablePath), `${basename(tablePath, extname(tablePath))}.report.csv`);
}

/** Writes what became of every row, or of those in the wanted states, in the order of the table, in a form that can be corrected and imported again. */
export async function reportBatch(
  records: Records,
  batchId: number,
  language: Language,
  target: string | undefined,
  wanted: readonly BatchRowState[] = batchRowStates,
): Promise<Result<{ file: string; rows: number }, AppError>> {
  const source = records.batches.source(batchId);
  if (!source) return fail(appError('batch.not-found'));
  function* rows(): Generator<ReportRow> {
    for (const row of records.batches.rows(batchId)) if (wanted.includes(row.state)) yield toReportRow(records, row);
  }
  const written = await writeReport({
    path: target ?? reportPathBeside(source.path),
    header: source.header,
    rows: rows(),
    language,
    delimiter: source.delimiter,
  });
  return written.ok ? { ok: true, value: { file: written.value.path, rows: written.value.rows } } : written;
}
