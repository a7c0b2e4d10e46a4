import { type Finding, finding } from '../../shared/invoice/findings.ts';
import { formatYuan, toHalfWidth } from '../../shared/invoice/money.ts';
import type { UserTitle } from '../../shared/invoice/order.ts';
import { headerOf } from '../../shared/table/columns.ts';
import { createPacer } from './pacer.ts';
import { type OrderOfPdf, type PdfSays, type ReadPdf, refusalOf } from './pdf-rows.ts';

/** What is known of an order that can be issued. */
export interface OrderToMatch {
  readonly orderId: string;
  readonly moneyFen: number;
  readonly note: string;
  readonly title: Pick<UserTitle, 'title' | 'taxNumber'> | null;
}

const fileHeader = headerOf('pdfFile');
/** Shorter numbers stand in any text by chance. */
const shortestNamed = 4;

const folded = (text: string): string => toHalfWidth(text).toLowerCase().replaceAll(/\s/g, '');

/** Whether a text names an order: its number stands there, and is not a piece of a longer one. */
function names(text: string, orderId: string): boolean {
  if (orderId.length < shortestNamed) return text === orderId;
  for (let from = text.indexOf(orderId); from >= 0; from = text.indexOf(orderId, from + 1)) {
    const around = [text[from - 1] ?? '', text[from + orderId.length] ?? ''];
    if (!around.some((character) => /[\da-z]/i.test(character))) return true;
  }
  return false;
}

const nameOf = (file: string): string => file.replace(/\.pdf$/i, '');

/** Whether the buyer of an invoice is the customer of an order, by what the customer filled in or the merchant noted. */
function isOfBuyer({ fields: { title, buyerNumber } }: PdfSays, order: OrderToMatch): boolean {
  const buyer = folded(title?.value ?? '');
  if (buyer === '') return false;
  if (order.title === null) return folded(order.note).includes(buyer);
  const { title: asked, taxNumber } = order.title;
  const isSameNumber = taxNumber === '' || !buyerNumber || folded(buyerNumber.value) === folded(taxNumber);
  return folded(asked) === buyer && isSameNumber;
}

function candidatesOf(file: string, says: PdfSays, orders: readonly OrderToMatch[]): readonly OrderToMatch[] {
  const byName = orders.filter(({ orderId }) => names(nameOf(file), orderId));
  if (byName.length > 0) return byName;
  const remarks = says.fields.remarks?.value ?? '';
  const byRemarks = orders.filter(({ orderId }) => orderId.length >= shortestNamed && names(remarks, orderId));
  if (byRemarks.length > 0) return byRemarks;
  // An amount alone is no proof: somebody else's invoice would go into a customer's wallet.
  return orders.filter((order) => order.moneyFen === says.fields.feeFen?.value && isOfBuyer(says, order));
}

function notesOn({ fields: { feeFen, title } }: PdfSays, order: OrderToMatch): Finding[] {
  const { orderId, moneyFen } = order;
  const notes: Finding[] = [];
  if (feeFen && feeFen.value !== moneyFen)
    notes.push(
      finding('pdf.order-amount-differs', 'feeFen', formatYuan(feeFen.value), { orderId, money: formatYuan(moneyFen) }),
    );
  if (title && order.title && folded(title.value) !== folded(order.title.title))
    notes.push(finding('pdf.order-title-differs', 'title', title.value, { title: order.title.title }));
  return notes;
}

/** What one file's candidates come to; two files of one order are told of each other, and a person decides. */
function decide(
  { file, says, candidates }: Candidates,
  filesOf: ReadonlyMap<string, readonly string[]>,
): OrderOfPdf | undefined {
  const [order, ...others] = candidates;
  if (!order) return undefined;
  const { orderId } = order;
  if (others.length > 0) {
    const orders = candidates.map((one) => one.orderId).join('、');
    return { refusal: finding('pdf.several-orders', fileHeader, file, { orders }) };
  }
  const rivals = filesOf.get(orderId)?.filter((one) => one !== file) ?? [];
  if (rivals.length > 0)
    return { refusal: finding('pdf.order-taken', fileHeader, file, { orderId, other: rivals.join('、') }) };
  return { orderId, notes: notesOn(says, order) };
}

interface Candidates {
  readonly file: string;
  readonly says: PdfSays;
  readonly candidates: readonly OrderToMatch[];
}

/**
 * Finds the order of each PDF: by its number in the file's name, by its number in the remarks, or by amount and buyer
 * together. Where several fit, a person decides.
 * @returns what to ask for a file, and the orders that none was found for
 */
export async function matchOrders(
  files: readonly ReadPdf[],
  orders: readonly OrderToMatch[],
): Promise<{ readonly orderOf: (file: string) => OrderOfPdf; readonly without: readonly string[] }> {
  const pace = createPacer();
  const all: Candidates[] = [];
  const filesOf = new Map<string, string[]>();
  for (const one of files) {
    await pace();
    const { file, read } = one;
    if (!read.ok || refusalOf(one)) continue;
    const candidates = candidatesOf(file, read.value, orders);
    all.push({ file, says: read.value, candidates });
    const [only, ...others] = candidates;
    if (only && others.length === 0) filesOf.set(only.orderId, [...(filesOf.get(only.orderId) ?? []), file]);
  }
  const found = new Map(all.map((one) => [one.file, decide(one, filesOf)]));
  const matched = new Set([...found.values()].flatMap((one) => (one && 'orderId' in one ? [one.orderId] : [])));
  return {
    orderOf: (file) => found.get(file) ?? { refusal: finding('pdf.no-order', fileHeader, file) },
    without: orders.flatMap(({ orderId }) => (matched.has(orderId) ? [] : [orderId])),
  };
}
