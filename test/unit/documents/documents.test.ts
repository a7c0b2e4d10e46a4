import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const foldersIn = (path: string) =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${path}/${name}`);

const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'relay/README.md'],
  ...['docs', 'docs/decisions'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
];

describe('the table of folders in docs/architecture.md', () => {
  const [table = ''] = read('docs/architecture.md').split('\n## ');
  const named = [...table.matchAll(/^\| `([\w./-]+)`/gm)].map(([, path = '']) => path);

  it('names what is there', () => {
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('names every part of the program', () => {
    const parts = ['electron', 'shared', 'renderer'].flatMap(foldersIn);
    expect(parts.filter((part) => !named.includes(part))).toEqual([]);
  });
});

describe('documents', () => {
  it.each(documents)('lead to files that are there: %s', (path) => {
    const targets = [...read(path).matchAll(/\]\((?!https?:|mailto:)([^)#\s]+)/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !existsSync(join(root, dirname(path), target)))).toEqual([]);
  });

  const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }; // as npm writes it

  it.each(documents)('name scripts that npm knows: %s', (path) => {
    const named = [...read(path).matchAll(/npm run (?:-s )?([a-z][\w:-]*)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

describe('the table of docs/security.md', () => {
  const rows = [...read('docs/security.md').matchAll(/^\| +(?:\d+|[SIW]\d) +\|(.*)\|(.*)\|(.*)\|$/gm)].map(
    ([, point = '', where = '', proof = '']) => ({ point: point.trim(), where, proof }),
  );

  it('has every point of Electron’s list', () => {
    expect(read('docs/security.md').match(/^\| \d+ +\|/gm)).toHaveLength(20);
  });

  it.each(rows)('names what is there: $point', ({ where, proof }) => {
    const sources = [...where.matchAll(/`([\w./-]+)`/g)].map(([, path = '']) => path);
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const [, test, name] = /`(test\/[\w./-]+)`(?: › (.+?))? *$/.exec(proof) ?? [];
    if (test === undefined) return expect(proof).toContain('npm run package:check');
    expect(existsSync(join(root, test))).toBe(true);
    if (name !== undefined) expect(read(test)).toContain(name);
  });
});
