import type { PdfFieldName } from '../../shared/contract/pdf-operations.ts';
import type { Claims } from './claims.ts';
import { foldText } from './fold-text.ts';

/**
 * Fully digital invoices have no labels for addresses, accounts and the cashier; issuers that show them write them into
 * the remarks: `购买方地址:…; 电话:…; 购方开户银行:…; 银行账号:…; 销售方地址:…; …; 收款人:…; 复核人:…`.
 */
export function readRemarkDetails(remarks: Claims['remarks']): Claims {
  if (!remarks || typeof remarks.value !== 'string') return {};
  const parts: Partial<Record<PdfFieldName, string[]>> = {};
  let side: 'buyer' | 'seller' | undefined;
  // A value that wraps goes on in the next line.
  for (const piece of foldText(remarks.value.replaceAll('\n', '')).split(/[;；]/)) {
    const [, label = '', value = ''] = /^\s*([^:]{2,12}):(.*)$/.exec(piece) ?? [];
    if (/^购(买)?方/.test(label)) side = 'buyer';
    else if (/^销(售)?方/.test(label)) side = 'seller';
    const field = fieldOf(label, side);
    const text = value.trim();
    if (field && text !== '' && text !== '-') parts[field] = [...(parts[field] ?? []), text];
  }
  const claims = Object.entries(parts).map(([field, texts]) => [field, { value: texts.join(' '), box: remarks.box }]);
  // The keys come from the list below.
  return Object.fromEntries(claims) as Claims;
}

function fieldOf(label: string, side: 'buyer' | 'seller' | undefined): PdfFieldName | undefined {
  if (label.endsWith('收款人')) return 'cashier';
  if (!side) return undefined;
  if (/(地址|电话)$/.test(label)) return `${side}AddressAndPhone`;
  return /(开户银行|开户行|银行账号|账号)$/.test(label) ? `${side}BankAccount` : undefined;
}
