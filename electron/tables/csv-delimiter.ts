import { matchHeader } from '../../shared/table/columns.ts';
import type { Delimiter } from './invoice-table.ts';

const delimiters: readonly Delimiter[] = [',', ';', '\t'];

function headerLine(text: string): string {
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '"') quoted = !quoted;
    const isBreak = character === '\n' || character === '\r';
    if (isBreak && !quoted && text.slice(0, index).trim() !== '') return text.slice(0, index);
  }
  return text;
}

/** Which delimiter makes most of the header line's names known ones; the more frequent one where that is equal. */
export function detectDelimiter(start: string): Delimiter {
  const line = headerLine(start.slice(0, 65_536));
  const scored = delimiters.map((delimiter) => {
    const names = line.split(delimiter);
    const known = names.filter((name) => matchHeader(name.replaceAll('"', '')).kind !== 'unknown').length;
    return { delimiter, known, count: names.length };
  });
  scored.sort((a, b) => b.known - a.known || b.count - a.count);
  return scored[0]?.delimiter ?? ',';
}
