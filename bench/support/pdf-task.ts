import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', 'test', 'fixtures', 'pdf');

export interface PdfTask {
  /** Names of files in the folder of fixtures. */
  readonly names: readonly string[];
  /** How often each is read. */
  readonly times: number;
  /** How many threads read, where there is a choice. */
  readonly threads: number;
}

export interface PdfTaskAnswer {
  readonly milliseconds: number;
}

/** Invoices of one page, of all kinds that can be read and hold text. */
export function onePageInvoices(): readonly string[] {
  // (d) has a list on a second page, (i) is an image, (k) a red-letter invoice, (m) is locked.
  return readdirSync(folder).filter((name) => /^[abcefghjl]-.*\.pdf$/.test(name));
}

export function readFixture(name: string): Uint8Array {
  const path = join(folder, name);
  if (!existsSync(path)) throw new Error(`no ${path}: npm run fixtures:pdf makes it`);
  return new Uint8Array(readFileSync(path));
}
