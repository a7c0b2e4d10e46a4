import { formatYuan } from '../../shared/invoice/money.ts';
import { amountInCapitals } from '../samples/amount-in-capitals.ts';
import { type FixtureInvoice, type FixtureLine, feeOf, netOf, taxSumOf } from './content.ts';

export const plain = (fen: number): string => formatYuan(fen, { grouped: false });
export const yen = (fen: number): string => `¥${plain(fen)}`;

export function capitals(fen: number): string {
  return fen < 0 ? `（负数）${amountInCapitals(-fen)}` : amountInCapitals(fen);
}

/** `2026年11月03日`, in its parts: figures and words have fonts of their own. */
export function printedDate(date: string): string {
  const [year, month, day] = date.split('-');
  return `${year}年${month}月${day}日`;
}

export const isExempt = ({ rate }: FixtureLine): boolean => !rate.endsWith('%');
export const printedTax = (line: FixtureLine): string => (isExempt(line) ? '***' : plain(line.taxFen));

export function printedTaxSum(invoice: FixtureInvoice): string {
  return invoice.lines.every(isExempt) ? '***' : yen(taxSumOf(invoice));
}

/** An amount as QR codes give it: without zeros at its end. */
const short = (fen: number) => plain(fen).replace(/\.?0+$/, '');

/** The text of the QR code: the net amount on older invoices, the total on digital ones. */
export function qrText(invoice: FixtureInvoice, tail: '' | ',' = ','): string {
  const { kind, qrType, billingCode, billingNo, date, checkCode, seed } = invoice;
  const amount = kind === 'vat' ? netOf(invoice) : feeOf(invoice);
  const mark = ((seed * 7919) % 65_536).toString(16).toUpperCase().padStart(4, '0');
  return (
    ['01', qrType, billingCode, billingNo, short(amount), date.replaceAll('-', ''), checkCode, mark].join(',') + tail
  );
}

/** Shenzhen's own: an address, with the total in fen and the check code at the end of the hash. */
export function shenzhenQrText(invoice: FixtureInvoice): string {
  const hash = `${BigInt(invoice.seed) ** 9n}`.padStart(59, '7').slice(0, 59) + invoice.checkCode;
  return `https://bcfp.shenzhen.chinatax.gov.cn/verify/scan?hash=${hash}&bill_num=${invoice.billingNo}&total_amount=${feeOf(invoice)}`;
}
