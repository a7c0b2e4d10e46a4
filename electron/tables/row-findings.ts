import type { Finding } from '../../shared/invoice/findings.ts';

/** Names the row in the texts of a finding that is not about its order's first row. */
export function aboutRow(found: Finding, rowNumber: number, firstRow: number): Finding {
  if (rowNumber === firstRow) return found;
  const { zhCN, en } = found.text;
  return { ...found, text: { zhCN: `第 ${rowNumber} 行：${zhCN}`, en: `row ${rowNumber}: ${en}` } };
}
