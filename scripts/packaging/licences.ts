import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageLicence } from '../../shared/contract/licence-operations.ts';

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
]);

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
/** Folders of libraries that bring works of others, with licences of their own. */
const foldersWithin = ['', 'cmaps', 'standard_fonts', 'wasm'];

function textOf(folder: string): string {
  const files = foldersWithin
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path))
    .flatMap((path) =>
      readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isFile() && licenceFile.test(entry.name))
        .map((entry) => join(path, entry.name)),
    );
  const texts = files.map((file) => readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim());
  return [...new Set(texts)].join('\n\n———\n\n');
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

function readPackage(root: string, place: string): PackageLicence & { readonly text: string } {
  const folder = join(root, place);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest; // a package's own, checked by npm
  const { name, version, license } = manifest;
  return { name, version, licence: license ?? '', text: textOf(folder) || wordsOf(manifest) };
}

/** The licences of everything that ships, with their texts; Electron ships although it is a tool to npm. */
export function collectLicences(root: string): readonly (PackageLicence & { readonly text: string })[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>; // npm's own file, lockfileVersion 3
  };
  const places = [...shippedPlaces(lock.packages), 'node_modules/electron'];
  const found = new Map(places.map((place) => readPackage(root, place)).map((one) => [`${one.name}@${one.version}`, one]));
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** What is wrong with the licences of what ships. */
export function licenceFaults(packages: readonly PackageLicence[]): readonly string[] {
  return packages
    .filter(({ licence }) => !isAccepted(licence))
    .map(({ name, version, licence }) => `${name}@${version}: ${licence === '' ? 'no licence' : licence}`);
}
