/** A word that must not be in a package, and what it would give away. */
export interface Forbidden {
  readonly what: string;
  readonly word: string;
}

const utf16 = (word: string) => Buffer.from(word, 'utf16le');

/** The ways in which a word can stand in a file. */
function spellings(word: string): readonly Buffer[] {
  return [
    Buffer.from(word),
    utf16(word),
    Buffer.from(Buffer.from(word).toString('base64').replace(/=+$/, '')),
    Buffer.from(Buffer.from(word).toString('hex')),
    Buffer.from(encodeURIComponent(word)),
    Buffer.from(JSON.stringify(word).slice(1, -1)),
  ];
}

const privateKey = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}/;

/** What the contents of a file give away: the words named, however they are written, and private keys. */
export function contentFaults(path: string, bytes: Buffer, forbidden: readonly Forbidden[]): readonly string[] {
  const words = forbidden
    .filter(({ word }) => spellings(word).some((spelling) => bytes.includes(spelling)))
    .map(({ what }) => `${what}: ${path}`);
  return privateKey.test(bytes.toString('latin1')) ? [...words, `a private key: ${path}`] : words;
}
