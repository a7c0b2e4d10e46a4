import type { PdfFieldName } from '../../shared/contract/pdf-operations.ts';
import type { Claims } from './claims.ts';
import { foldText } from './fold-text.ts';

const labels = /(购买?方|销售?方)?(地址|电话|开户银行|开户行|银行账号|账号|收款人|复核人?|开票人):/g;

/**
 * Fully digital invoices have no labels for addresses, accounts and the cashier; issuers that show them write them into
 * the remarks: `购买方地址:…; 电话:…; 购方开户银行:…; 银行账号:…; 销售方地址:…; …; 收款人:…; 复核人:…`, some with nothing
 * but blanks in between.
 */
export function readRemarkDetails(remarks: Claims['remarks']): Claims {
  if (!remarks || typeof remarks.value !== 'string') return {};
  const parts: Partial<Record<PdfFieldName, string[]>> = {};
  let side: 'buyer' | 'seller' | undefined;
  // A value that wraps goes on in the next line.
  const text = foldText(remarks.value.replaceAll('\n', ''));
  const found = [...text.matchAll(labels)];
  for (const [index, { 0: whole, 1: party, 2: label = '', index: at }] of found.entries()) {
    if (party) side = party.startsWith('购') ? 'buyer' : 'seller';
    const field = fieldOf(label, side);
    const [value = ''] = text.slice(at + whole.length, found[index + 1]?.index).split(';');
    if (field && !/^\s*-?\s*$/.test(value)) parts[field] = [...(parts[field] ?? []), value.trim()];
  }
  const claims = Object.entries(parts).map(([field, texts]) => [field, { value: texts.join(' '), box: remarks.box }]);
  // The keys come from the list below.
  return Object.fromEntries(claims) as Claims;
}

function fieldOf(label: string, side: 'buyer' | 'seller' | undefined): PdfFieldName | undefined {
  if (label === '收款人') return 'cashier';
  if (!side) return undefined;
  if (/^(地址|电话)$/.test(label)) return `${side}AddressAndPhone`;
  return /^(开户银行|开户行|银行账号|账号)$/.test(label) ? `${side}BankAccount` : undefined;
}
