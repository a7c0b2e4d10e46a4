/**
 * What a spreadsheet would change on opening: numbers of 12 digits and more, leading zeros, `12E5` (read as a power of
 * ten), `11-23` (read as a date).
 */
const changedBySpreadsheets = /^(?:\d{12,}|0\d+|\d+(?:\.\d+)?E[+-]?\d+|\d{1,4}[-/]\d{1,2})$/i;

// OWASP's list of formula starts, the full-width twins that spreadsheets accept as well, and any space before them.
const formulaStart = /^\s*[=+\-@＝＋－＠|\t\r\n]/;
const plainNegative = /^-\d[\d,]*(?:\.\d+)?$/;
const textFormula = /^="((?:[^"]|"")*)"$/;

/**
 * Takes off what keeps a spreadsheet from changing a cell: one leading apostrophe, the TAB before a number, or the
 * form `="0123"`. Exactly undoes {@link guardCell}.
 */
export function unguardCell(cell: string): string {
  if (cell.startsWith("'")) return cell.slice(1);
  if (cell.startsWith('\t') && changedBySpreadsheets.test(cell.slice(1))) return cell.slice(1);
  if (!cell.startsWith('=')) return cell;
  const [, inner] = textFormula.exec(cell) ?? [];
  return inner?.replaceAll('""', '"') ?? cell;
}

/**
 * Makes a cell safe to open in a spreadsheet: nothing runs as a formula, and numbers keep all their digits. A TAB is
 * used for numbers because it survives opening and saving, unlike `="…"`, and is no formula anywhere.
 */
export function guardCell(cell: string): string {
  if (changedBySpreadsheets.test(cell)) return `\t${cell}`;
  const isFormula = formulaStart.test(cell) && !plainNegative.test(cell);
  return isFormula || unguardCell(cell) !== cell ? `'${cell}` : cell;
}
