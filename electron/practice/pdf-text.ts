import type { PracticeContext } from './context.ts';
import type { InsertRequest } from './insert-fields.ts';
import { type Reply, refuse } from './replies.ts';

const mostPages = 5;

async function extractText(content: Buffer): Promise<string> {
  // Loaded only where an account asks for it: the reader takes longer to load than all the rest of the server.
  // Names itself in the global scope, where the library looks for it; the bundle has no file that it could load instead.
  await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({
    data: new Uint8Array(content),
    verbosity: VerbosityLevel.ERRORS,
    useSystemFonts: false,
    disableFontFace: true,
  });
  try {
    const document = await task.promise;
    const pages: string[] = [];
    for (let number = 1; number <= Math.min(document.numPages, mostPages); number += 1) {
      const { items } = await (await document.getPage(number)).getTextContent();
      pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
    }
    return pages.join('\n');
  } finally {
    await task.destroy();
  }
}

/** Reads the text of an uploaded PDF once and keeps it with it. What cannot be read has no text. */
export async function readPdfText(context: PracticeContext, mediaId: string): Promise<void> {
  const pdf = context.books.pdfs.get(mediaId);
  if (pdf === undefined || pdf.text !== null) return;
  const content = await context.books.blobs.get(pdf.sha256);
  const text = content === undefined ? '' : await extractText(content).catch(() => '');
  const now = context.books.pdfs.get(mediaId);
  if (now !== undefined) context.books.pdfs.put(mediaId, { ...now, text });
}

/** No text is no invoice (72040); a text without the number is another invoice (72047). */
export function checkPdfText(text: string, { billingNo, billingCode }: InsertRequest): Reply | undefined {
  const dense = text.replaceAll(/\s/g, '');
  if (dense === '') return refuse(72040);
  return dense.includes(billingNo) && dense.includes(billingCode) ? undefined : refuse(72047);
}
