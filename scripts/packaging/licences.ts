import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageLicence } from '../../shared/contract/licence-operations.ts';

/** What the file that ships holds of each. */
type ShippedLicence = PackageLicence & { readonly text: string };

/** A package of the lock file. */
interface LockedPackage {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
}

/** Licences whose conditions a copy with their text meets. Anything else is a decision, and a line here. */
const accepted = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
  'Zlib',
  // Of fonts alone, shipped unchanged as files of their own: neither the program nor a document that uses them comes under it.
  'GPL-2.0-only WITH Font-exception-2.0',
]);

/** Works of others inside of pdfjs-dist, whose licences its own does not name. */
const worksWithin = [
  { name: 'Adobe character maps', licence: 'BSD-3-Clause', file: 'cmaps/LICENSE' },
  { name: 'Foxit fonts', licence: 'BSD-3-Clause', file: 'standard_fonts/LICENSE_FOXIT' },
  {
    name: 'Liberation Sans (source: https://github.com/liberationfonts)',
    licence: 'GPL-2.0-only WITH Font-exception-2.0',
    file: 'standard_fonts/LICENSE_LIBERATION',
  },
  { name: 'OpenJPEG', licence: 'BSD-2-Clause', file: 'wasm/LICENSE_OPENJPEG' },
  { name: 'PDFium JBIG2', licence: 'BSD-3-Clause', file: 'wasm/LICENSE_JBIG2' },
  { name: 'qcms', licence: 'MIT', file: 'wasm/LICENSE_QCMS' },
];

/** Whether one of a licence's alternatives asks for nothing but its text; SPDX's words, without brackets inside of brackets. */
export function isAccepted(expression: string): boolean {
  const plain = expression.trim().replace(/^\((.*)\)$/, '$1');
  if (plain.includes('(')) return false;
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((name) => accepted.has(name.trim())));
}

/** The packages that end up in the product, by their places in the lock file: not those for work or for one platform. */
export function shippedPlaces(packages: Readonly<Record<string, LockedPackage>>): readonly string[] {
  return Object.entries(packages)
    .filter(([place, { dev, devOptional, optional }]) => place !== '' && !dev && !devOptional && !optional)
    .map(([place]) => place);
}

const licenceFile = /^(licen[cs]e|copying|notice)/i;

const readText = (file: string) => readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim();

function textOf(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && licenceFile.test(entry.name))
    .map((entry) => readText(join(folder, entry.name)))
    .join('\n\n');
}

/** Where a package says only by whom it is, that takes the place of the text. */
function wordsOf({ author, homepage }: Manifest): string {
  const name = typeof author === 'string' ? author : author?.name;
  return [name, homepage].filter(Boolean).join('\n');
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly homepage?: string;
  readonly author?: string | { readonly name?: string };
}

function readPackage(root: string, place: string): ShippedLicence {
  const folder = join(root, place);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest; // a package's own, checked by npm
  const { name, version, license } = manifest;
  return { name, version, licence: license ?? '', text: textOf(folder) || wordsOf(manifest) };
}

/** The licences of everything that ships, with their texts; Electron ships although it is a tool to npm. */
export function collectLicences(root: string): readonly ShippedLicence[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>; // npm's own file, lockfileVersion 3
  };
  const places = [...shippedPlaces(lock.packages), 'node_modules/electron'];
  const packages = places.map((place) => readPackage(root, place));
  const reader = join(root, 'node_modules', 'pdfjs-dist');
  const { version } = readPackage(root, 'node_modules/pdfjs-dist');
  const works = worksWithin.map(({ name, licence, file }) => ({
    name,
    version: `pdfjs-dist ${version}`,
    licence,
    text: readText(join(reader, file)),
  }));
  const found = new Map([...packages, ...works].map((one) => [`${one.name}@${one.version}`, one]));
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** What is wrong with the licences of what ships. */
export function licenceFaults(packages: readonly PackageLicence[]): readonly string[] {
  return packages
    .filter(({ licence }) => !isAccepted(licence))
    .map(({ name, version, licence }) => `${name}@${version}: ${licence === '' ? 'no licence' : licence}`);
}
