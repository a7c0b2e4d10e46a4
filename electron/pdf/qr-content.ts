import { parseBeijingTime } from '../../shared/invoice/beijing-time.ts';
import { parseYuan } from '../../shared/invoice/money.ts';

/** What the QR code of an invoice says. */
export interface QrContent {
  readonly text: string;
  /** `10`, `20`, `31`, `32` …; empty where the code is an address. */
  readonly type: string;
  readonly billingCode: string;
  readonly billingNo: string;
  readonly amountFen: number | undefined;
  /** Fully digital invoices give the total, the older ones the amount without tax. */
  readonly amountIs: 'total' | 'net';
  readonly billingTime: number | undefined;
  readonly checkCode: string;
}

function readList(text: string): QrContent | undefined {
  const parts = text.split(',').map((part) => part.trim());
  const [version, type = '', billingCode = '', billingNo = '', amount = '', date = '', checkCode = ''] = parts;
  const billingTime = /^\d{8}$/.test(date) ? parseBeijingTime(date) : undefined;
  if (version !== '01' || !/^(\d{8}|\d{20})$/.test(billingNo) || billingTime === undefined) return undefined;
  const amountIs = billingNo.length === 20 ? 'total' : 'net';
  return { text, type, billingCode, billingNo, amountFen: parseYuan(amount), amountIs, billingTime, checkCode };
}

/** Shenzhen's own invoices: the address of their check, the total in fen, the check code at the end of the hash. */
function readAddress(text: string): QrContent | undefined {
  if (!URL.canParse(text)) return undefined;
  const { hostname, searchParams } = new URL(text);
  const billingNo = searchParams.get('bill_num') ?? '';
  const amount = searchParams.get('total_amount') ?? '';
  if (!hostname.endsWith('.chinatax.gov.cn') || !/^\d{8}$/.test(billingNo) || !/^\d{1,12}$/.test(amount))
    return undefined;
  const hash = searchParams.get('hash') ?? '';
  return {
    text,
    type: '',
    billingCode: '',
    billingNo,
    amountFen: Number(amount),
    amountIs: 'total',
    billingTime: undefined,
    checkCode: /[0-9a-f]{5}$/i.exec(hash)?.[0] ?? '',
  };
}

/** Reads the text of a QR code; other codes that share the page are nothing. */
export function readQrContent(text: string): QrContent | undefined {
  return readList(text.trim()) ?? readAddress(text.trim());
}
