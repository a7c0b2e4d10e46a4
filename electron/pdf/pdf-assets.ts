import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface PdfAssets {
  /** Ends in a separator, as the library wants it. */
  readonly cMaps: string;
  readonly standardFonts: string;
  readonly decoders: string;
  readonly qrReader: string;
}

/** Where the build puts them, seen from a chunk of the main process. */
const bundled = join(dirname(fileURLToPath(import.meta.url)), '..', 'pdfjs');

/** The data files of the libraries: beside the bundle, or in their packages where the sources run as they are. */
export function findPdfAssets(): PdfAssets {
  const isBundled = existsSync(bundled);
  const find = createRequire(import.meta.url).resolve;
  const folder = isBundled ? bundled : dirname(find('pdfjs-dist/package.json'));
  return {
    cMaps: join(folder, 'cmaps') + sep,
    standardFonts: join(folder, 'standard_fonts') + sep,
    decoders: join(folder, 'wasm') + sep,
    qrReader: isBundled ? join(folder, 'zxing_reader.wasm') : find('zxing-wasm/reader/zxing_reader.wasm'),
  };
}
