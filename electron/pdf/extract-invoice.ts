import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Extraction, PdfLine } from '../../shared/contract/pdf-operations.ts';
import { type Finding, finding } from '../../shared/invoice/findings.ts';
import { toCardItems } from './card-items.ts';
import { checkExtraction } from './check-extraction.ts';
import type { ChannelAnswer, Claims } from './claims.ts';
import { readEmbedded } from './embedded-channel.ts';
import { decodeText } from './embedded-values.ts';
import { readInvoiceXml } from './invoice-xml.ts';
import { type Channels, type Merged, mergeClaims, toFields } from './merge-claims.ts';
import { openDocument } from './open-document.ts';
import type { PageContent } from './page-content.ts';
import type { PdfAssets } from './pdf-assets.ts';
import { claimsOfQr, type FoundQr, findQr } from './qr-channel.ts';
import { readMetadataStreams } from './raw-metadata.ts';
import { readPage } from './read-page.ts';
import { readText, type TextAnswer } from './text-channel.ts';
import { readZones } from './zone-channel.ts';

export type ExtractionFailure = 'encrypted' | 'damaged' | 'image-only';
export type Extracted =
  | { readonly ok: true; readonly extraction: Extraction }
  | { readonly ok: false; readonly failure: ExtractionFailure };

/** The longest lists of goods have some tens of pages. */
const mostPages = 50;
/** Fewer Chinese characters than any invoice's labels: a scan or a photograph. */
const fewestHan = 20;

/**
 * The amount of the QR code is the total on digital invoices and the net on older ones. Where it equals the other
 * amount of the same invoice, its maker mixed them up and it says nothing against the printed one.
 */
function fitQrAmount(qr: Claims, printed: Claims): Claims {
  const { feeFen, feeWithoutTaxFen, ...rest } = qr;
  const isOther = (claim: Claims['feeFen'], same: Claims['feeFen'], other: Claims['feeFen']) =>
    claim !== undefined && same !== undefined && claim.value !== same.value && claim.value === other?.value;
  return {
    ...rest,
    ...(feeFen && !isOther(feeFen, printed.feeFen, printed.feeWithoutTaxFen) ? { feeFen } : {}),
    ...(feeWithoutTaxFen && !isOther(feeWithoutTaxFen, printed.feeWithoutTaxFen, printed.feeFen)
      ? { feeWithoutTaxFen }
      : {}),
  };
}

function chooseLines(text: readonly PdfLine[], embedded: readonly PdfLine[], merged: Merged): readonly PdfLine[] {
  const net = merged.feeWithoutTaxFen?.value;
  const fits = (lines: readonly PdfLine[]) => lines.reduce((sum, { netFen }) => sum + netFen, 0) === net;
  if (text.length > 0 && (fits(text) || !fits(embedded))) return text;
  return embedded.length > 0 ? embedded : text;
}

function isRed(merged: Merged, capitalsFen: number | undefined): boolean {
  const amounts = [merged.feeFen?.value, merged.feeWithoutTaxFen?.value, capitalsFen];
  const isNegative = amounts.some((amount) => typeof amount === 'number' && amount < 0);
  return (
    isNegative || /对应正数发票|被红冲蓝字|红字发票信息确认单|红字增值税/.test(String(merged.remarks?.value ?? ''))
  );
}

function kindOf(merged: Merged, text: TextAnswer): Extraction['kind'] {
  const number = merged.billingNo?.value;
  if (number === undefined && (!text.isInvoice || merged.feeFen === undefined)) return 'not-invoice';
  if (number === undefined) return /增值税/.test(String(merged.type?.value ?? '')) ? 'vat' : 'digital';
  return String(number).length === 20 ? 'digital' : 'vat';
}

interface Parts {
  readonly text: TextAnswer;
  readonly qr: FoundQr | undefined;
  readonly embedded: ChannelAnswer | undefined;
  readonly pageCount: number;
}

function assemble({ text, qr, embedded, pageCount }: Parts): Extraction {
  const isUnreadable = text.claims.billingNo === undefined || text.claims.feeFen === undefined;
  const [first] = text.pages;
  const zones = isUnreadable && first ? readZones(first) : {};
  const printed = { ...zones, ...text.claims, ...embedded?.claims };
  const channels: Channels = [
    ['embedded', embedded?.claims ?? {}],
    ['qr', qr ? fitQrAmount(claimsOfQr(qr), printed) : {}],
    ['text', text.claims],
    ['zone', zones],
  ];
  const merged = mergeClaims(channels);
  const lines = chooseLines(text.lines, embedded?.lines ?? [], merged);
  const kind = kindOf(merged, text);
  const pages = { count: pageCount, read: Math.min(pageCount, mostPages) };
  const unread =
    pageCount > mostPages ? [finding('pdf.pages-unread', 'pages', String(pageCount), { read: mostPages })] : [];
  if (kind === 'not-invoice')
    return {
      kind,
      isRedLetter: false,
      fields: toFields({}),
      lines: [],
      items: [],
      findings: [finding('pdf.not-invoice', 'pdf'), ...unread],
      pages,
    };
  const checked = checkExtraction(merged, lines, text.capitalsFen);
  const isRedLetter = isRed(checked.merged, text.capitalsFen);
  const remarksOnQr = text.hanCount < fewestHan && !embedded ? [finding('pdf.qr-only', 'pdf')] : [];
  const discounts =
    lines.some(({ netFen }) => netFen < 0) && !isRedLetter ? [finding('pdf.discount-folded', 'items')] : [];
  const findings: Finding[] = [
    ...(isRedLetter ? [finding('pdf.red-letter', 'feeFen')] : []),
    ...remarksOnQr,
    ...checked.findings,
    ...discounts,
    ...unread,
  ];
  return {
    kind,
    isRedLetter,
    fields: toFields(checked.merged),
    lines: [...lines],
    items: toCardItems(lines),
    findings,
    pages,
  };
}

/** What the PDF library throws about a file, and not what breaks in the program. */
function isReaderError(error: unknown): boolean {
  return error instanceof Error && /Exception$|^FormatError$/.test(error.name);
}

/** Nothing is printed in a file that only holds the data. */
const nothingPrinted: TextAnswer = {
  claims: {},
  lines: [],
  capitalsFen: undefined,
  hanCount: 0,
  isInvoice: false,
  pages: [],
};

/** Reads the XML that comes with a digital invoice: all of it, and sure by its sums, but with no place on a page. */
function extractXml(bytes: Uint8Array): Extracted {
  const embedded = readInvoiceXml(decodeText(bytes));
  if (!embedded) return { ok: false, failure: 'damaged' };
  return { ok: true, extraction: assemble({ text: nothingPrinted, qr: undefined, embedded, pageCount: 0 }) };
}

const startsLikeXml = (bytes: Uint8Array) => /^\uFEFF?\s*</.test(decodeText(bytes.subarray(0, 64)));

/**
 * Reads everything an invoice PDF says, from all its channels, or the XML in its place. The QR reader has to be prepared
 * before.
 */
export async function extractInvoice(bytes: Uint8Array, assets: PdfAssets): Promise<Extracted> {
  if (startsLikeXml(bytes)) return extractXml(bytes);
  const opened = await openDocument(bytes, assets);
  if (!opened.ok) return opened;
  try {
    return await extractOpened(opened.document, bytes);
  } catch (error) {
    if (!isReaderError(error)) throw error;
    return { ok: false, failure: 'damaged' };
  } finally {
    await opened.close();
  }
}

async function extractOpened(document: PDFDocumentProxy, bytes: Uint8Array): Promise<Extracted> {
  const contents: PageContent[] = [];
  for (let number = 1; number <= Math.min(document.numPages, mostPages); number += 1)
    contents.push(await readPage(await document.getPage(number)));
  const { info } = await document.getMetadata();
  // The types call the facts an object; they are names and values.
  const embedded = readEmbedded(readMetadataStreams(bytes), info as Readonly<Record<string, unknown>>);
  const text = readText(contents);
  const [first] = contents;
  const qr = first && (await findQr(first));
  if (text.hanCount < fewestHan && !qr && !embedded) {
    const hasContent = contents.some(({ runs, drawings }) => runs.length + drawings.length > 0);
    return { ok: false, failure: hasContent ? 'image-only' : 'damaged' };
  }
  return { ok: true, extraction: assemble({ text, qr, embedded, pageCount: document.numPages }) };
}
