import { readdir, readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';
import { guidePages } from './scripts/guide/guide-plugin.ts';
import { collectLicences } from './scripts/packaging/licences.ts';

const root = import.meta.dirname;
const nodeBuiltins = [...builtinModules, /^node:/];

/** What pdf.js fetches at run time: character maps, the standard fonts and its WebAssembly decoders. */
const pdfAssets = [
  { folder: 'cmaps', wanted: /\.bcmap$/ },
  { folder: 'standard_fonts', wanted: /\.(pfb|ttf)$/ },
  { folder: 'wasm', wanted: /^(jbig2|openjpeg|qcms_bg)\.wasm$/ },
];

/** The WebAssembly by which the main process reads QR codes. */
const qrReader = join(root, 'node_modules', 'zxing-wasm', 'dist', 'reader', 'zxing_reader.wasm');

/**
 * Puts pdf.js's data files under `pdfjs/`: of the renderer, so that the page needs nothing but its own origin, and of the
 * main process, which reads invoices.
 */
function servePdfAssets(): Plugin {
  const source = join(root, 'node_modules', 'pdfjs-dist');
  return {
    name: 'fapiao-pdf-assets',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client' || name === 'main',
    async generateBundle() {
      for (const { folder, wanted } of pdfAssets) {
        const names = (await readdir(join(source, folder))).filter((name) => wanted.test(name));
        if (names.length === 0) throw new Error(`pdfjs-dist has no ${folder} that fit ${String(wanted)}`);
        for (const name of names)
          this.emitFile({
            type: 'asset',
            fileName: `pdfjs/${folder}/${name}`,
            source: await readFile(join(source, folder, name)),
          });
      }
      if (this.environment.name === 'main')
        this.emitFile({ type: 'asset', fileName: 'pdfjs/zxing_reader.wasm', source: await readFile(qrReader) });
    },
  };
}

/** Writes what the program is made with, and under which licences, beside the main script, where the page asks for it. */
function writeLicences(): Plugin {
  return {
    name: 'fapiao-licences',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'main',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'licences.json', source: JSON.stringify(collectLicences(root)) });
    },
  };
}

/** The parts that run under Node: everything bundled except what has to stay a file of its own. */
function nodeEnvironment(options: {
  readonly entries: readonly string[];
  readonly outDir: string;
  readonly format: 'es' | 'cjs';
  readonly external: readonly (string | RegExp)[];
}): EnvironmentOptions {
  const { entries, outDir, format, external } = options;
  const extension = format === 'es' ? 'js' : 'cjs';
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: ['electron'], conditions: ['node', 'module', 'import', 'default'] },
    build: {
      outDir: join(root, outDir),
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      sourcemap: true,
      copyPublicDir: false,
      rolldownOptions: {
        input: Object.fromEntries(entries.map((entry) => [entry.replace(/^.*\/|\.ts$/g, ''), join(root, entry)])),
        external: [...external],
        platform: 'node',
        output: {
          format,
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `chunks/[name]-[hash].${extension}`,
        },
      },
    },
  };
}

const mainEntries = ['electron/main.ts', 'electron/cli.ts'];

/** One `vite build --app` builds the page, the main process with the command line, and the preload script. */
export default defineConfig({
  root: join(root, 'renderer'),
  base: './',
  plugins: [react(), servePdfAssets(), guidePages(), writeLicences()],
  // The shell writes a fresh value in place of this word each time it serves the page.
  html: { cspNonce: '__CSP_NONCE__' },
  worker: { format: 'es' },
  environments: {
    client: {
      build: {
        outDir: join(root, 'dist/renderer'),
        emptyOutDir: true,
        target: 'chrome140',
        // Inlined assets would be data: addresses, which the page's policy refuses for scripts and styles.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 2000,
      },
    },
    main: nodeEnvironment({
      entries: mainEntries,
      outDir: 'dist/main',
      format: 'es',
      external: [...nodeBuiltins, 'electron', 'better-sqlite3'],
    }),
    relay: nodeEnvironment({
      entries: ['relay/main.ts'],
      outDir: 'dist/relay',
      format: 'es',
      external: [...nodeBuiltins, 'better-sqlite3'],
    }),
    preload: nodeEnvironment({
      entries: ['electron/preload.ts'],
      outDir: 'dist/preload',
      format: 'cjs',
      external: [...nodeBuiltins, 'electron'],
    }),
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name === 'ssr') continue;
        await builder.build(environment);
      }
    },
  },
});
