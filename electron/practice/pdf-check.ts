import { inflateSync } from 'node:zlib';

const longestInflated = 4 * 1024 * 1024;
const mostObjectStreams = 200;
const page = /\/Type\s*\/Page(?![a-zA-Z])/;

/** Whether a page object hides in a compressed object stream (PDF 1.5 and later). */
function hasCompressedPage(text: string, content: Buffer): boolean {
  let at = text.indexOf('/ObjStm');
  for (let tried = 0; at >= 0 && tried < mostObjectStreams; tried += 1) {
    const keyword = text.indexOf('stream', at + 7);
    const start = text.startsWith('\r\n', keyword + 6) ? keyword + 8 : keyword + 7;
    const end = text.indexOf('endstream', start);
    if (keyword < 0 || end < 0) return false;
    try {
      const inflated = inflateSync(content.subarray(start, end), { maxOutputLength: longestInflated });
      if (page.test(inflated.toString('latin1'))) return true;
    } catch {
      // Another filter, or damage: the next stream may still hold the pages.
    }
    at = text.indexOf('/ObjStm', end);
  }
  return false;
}

/** Whether bytes are a PDF that a reader could open: header, end, cross-reference, at least one page, not locked. */
export function isRealPdf(content: Buffer): boolean {
  if (content.subarray(0, 1024).indexOf('%PDF-') < 0) return false;
  if (content.subarray(-2048).indexOf('%%EOF') < 0) return false;
  const text = content.toString('latin1');
  if (!text.includes('startxref')) return false;
  const hasTable = /\bxref\s/.test(text) && text.includes('trailer');
  if (!hasTable && !/\/Type\s*\/XRef\b/.test(text)) return false;
  if (/\/Encrypt\s+\d+\s+\d+\s+R/.test(text)) return false;
  return page.test(text) || hasCompressedPage(text, content);
}
