import { expect, test } from 'vitest';
import { contentFaults } from '../../../scripts/packaging/content-rules.ts';

const word = 'canary/secret+word 7';
const forbidden = [{ what: 'the canary', word }];

test.each([
  ['plain', Buffer.from(`a ${word} b`)],
  ['UTF-16', Buffer.from(`a ${word} b`, 'utf16le')],
  ['base64', Buffer.from(`"${Buffer.from(word).toString('base64')}"`)],
  ['hexadecimal', Buffer.from(Buffer.from(word).toString('hex'))],
  ['in an address', Buffer.from(`?q=${encodeURIComponent(word)}`)],
])('a word that must not be there is found: %s', (_, bytes) => {
  expect(contentFaults('dist/main/main.js', bytes, forbidden)).toEqual(['the canary: dist/main/main.js']);
});

test('a private key is found, and the mere words for one are not', () => {
  const key = `-----BEGIN EC PRIVATE KEY-----\n${'A'.repeat(64)}\n-----END EC PRIVATE KEY-----`;
  expect(contentFaults('a.js', Buffer.from(key), [])).toEqual(['a private key: a.js']);
  expect(contentFaults('a.js', Buffer.from("includes('-----BEGIN PRIVATE KEY-----')"), [])).toEqual([]);
  expect(contentFaults('a.js', Buffer.from('an ordinary file'), forbidden)).toEqual([]);
});
