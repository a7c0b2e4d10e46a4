import { symlink } from 'node:fs/promises';
import http from 'node:http';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';
import { projectRoot } from '../../../scripts/run.ts';
import { plantInto } from './plants.ts';

export interface ProgramBundle {
  /** To be forked. */
  readonly childFile: string;
  readonly compileCache: string;
  readonly openDesk: typeof import('./desk.ts')['openDesk'];
}

/**
 * An ESM import of node:http asks it for every export, and three of them load all of Node's own fetch, which nothing here
 * uses and which takes a quarter of a start. Required, only what is used is asked for.
 */
function requireHttp(): Plugin {
  const names = Object.keys(http).filter((name) => !['WebSocket', 'CloseEvent', 'MessageEvent'].includes(name));
  const id = '\0required-http';
  return {
    name: 'require-http',
    enforce: 'pre',
    resolveId: (source) => (source === 'node:http' || source === 'http' ? id : null),
    load: (loaded) =>
      loaded === id
        ? `import { createRequire } from 'node:module';
           const http = createRequire(import.meta.url)('node:http');
           export default http;
           export const { ${names.join(', ')} } = http;`
        : null,
  };
}

/**
 * Bundles the program, its native part aside, with every plant asleep in it. A process of the bundle starts in a quarter
 * of the time that the sources take, and thousands of them are started and killed.
 */
export async function bundleProgram(
  folder: string,
  childFolder: 'kill' | 'power' | 'disk' = 'kill',
): Promise<ProgramBundle> {
  const faults = join(projectRoot, 'test', 'faults');
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
  await build({
    configFile: false,
    root: projectRoot,
    logLevel: 'error',
    plugins: [
      requireHttp(),
      {
        name: 'plants',
        enforce: 'pre',
        transform: (code, id) => plantInto(relative(projectRoot, id).split(sep).join('/'), code),
      },
    ],
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: true,
      target: 'node24',
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { child: join(faults, childFolder, 'child.ts'), desk: join(faults, 'kill', 'desk.ts') },
        external: ['better-sqlite3'],
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  // What was bundled is that very module.
  const { openDesk } = (await import(pathToFileURL(join(folder, 'desk.mjs')).href)) as typeof import('./desk.ts');
  return { childFile: join(folder, 'child.mjs'), compileCache: join(folder, 'compile-cache'), openDesk };
}
