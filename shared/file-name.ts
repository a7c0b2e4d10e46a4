// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what no file name may have
const forbidden = /[\\/:*?"<>|\u0000-\u001f]+/g;

const longest = 100;

/** A name that every system takes for a file, made of words that a person typed or of a name from another system. */
export function fileNameOf(words: string, ending: 'csv' | 'png' | 'pdf'): string {
  return `${words.replaceAll(forbidden, '_').slice(0, longest)}.${ending}`;
}

/** The name under which a copy of a stored PDF goes out of the program. */
export const pdfNameOf = (storedName: string): string => fileNameOf(storedName.replace(/\.pdf$/i, ''), 'pdf');
