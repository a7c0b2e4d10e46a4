import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportedTable, TableSource } from '../../../electron/tables/invoice-table.ts';
import { readInvoiceTable } from '../../../electron/tables/read-invoice-table.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';

export const nowSeconds = Date.UTC(2026, 10, 23) / 1000;

/** A folder that is removed at the end of the block that made it with `await using`. */
export async function makeFolder() {
  return mkdtempDisposable(join(tmpdir(), 'tables-'));
}

type Given = { readonly encoding?: TableSource['encoding'] };

async function readBytes(content: string | Uint8Array, { encoding }: Given) {
  await using folder = await makeFolder();
  const path = join(folder.path, '发票.csv');
  await writeFile(path, content);
  // Awaited here: the folder goes away with this block.
  return await readInvoiceTable({ path, fileName: '发票.csv', ...(encoding && { encoding }) }, { nowSeconds });
}

/** Reads a table given as text (UTF-8) or bytes, which has to be readable. */
export async function readTable(content: string | Uint8Array, given: Given = {}): Promise<ImportedTable> {
  const result = await readBytes(content, given);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.text.en}`);
  return result.value;
}

/** Why a table cannot be read. */
export async function refuseTable(content: string | Uint8Array, given: Given = {}): Promise<AppError> {
  const result = await readBytes(content, given);
  if (result.ok) throw new Error('the table was read');
  return result.error;
}

export const header =
  '订单号,购买方名称,发票代码,发票号码,开票日期,校验码,价税合计,不含税金额,税额,项目名称,数量,单价,备注';

/** A fully digital invoice's row under {@link header}, with cells of other content by their header. */
export function tableRow(number: number, changes: Readonly<Record<string, string>> = {}): string {
  const cells: Record<string, string> = {
    订单号: `WX${number}`,
    购买方名称: '上海青禾科技有限公司',
    发票号码: `263120000000${String(10_000_000 + number)}`,
    开票日期: '2026-11-03',
    价税合计: '113.00',
    不含税金额: '100.00',
    税额: '13.00',
    ...changes,
  };
  return header
    .split(',')
    .map((name) => cells[name] ?? '')
    .join(',');
}

export function codesOf(row: { readonly findings: readonly { readonly code: string }[] } | undefined): string[] {
  return (row?.findings ?? []).map(({ code }) => code);
}
