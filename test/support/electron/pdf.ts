import type { PrintToPDFOptions } from 'electron';
import type { Params } from './devtools.ts';

type PaperSize = { width: number; height: number };

const INCHES: Record<string, PaperSize> = {
  A3: { width: 11.7, height: 16.54 },
  A4: { width: 8.27, height: 11.7 },
  A5: { width: 5.83, height: 8.27 },
  Letter: { width: 8.5, height: 11 },
  Legal: { width: 8.5, height: 14 },
};

/** Electron's printToPDF options in the words of DevTools. */
export function pdfParams(options: PrintToPDFOptions = {}): Params {
  const { pageSize = 'Letter', margins = {}, ...rest } = options;
  const paper = typeof pageSize === 'string' ? INCHES[pageSize] : pageSize;
  if (!paper) throw new Error(`stand-in: the page size ${String(pageSize)} is not modelled`);
  const { top = 0.4, bottom = 0.4, left = 0.4, right = 0.4 } = margins;
  return {
    ...rest,
    paperWidth: paper.width,
    paperHeight: paper.height,
    marginTop: top,
    marginBottom: bottom,
    marginLeft: left,
    marginRight: right,
  };
}
