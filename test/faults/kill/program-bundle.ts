import { globSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';
import { projectRoot } from '../../../scripts/run.ts';
import { asciiOnly, plantAll, requireHttp, slim, threadsOutside } from './bundle-plugins.ts';
import type { OpenDesk } from './desk.ts';

/** What is forked. */
export interface BundledFiles {
  readonly childFile: string;
  /** One that kills and judges. */
  readonly laneFile: string;
  readonly compileCache: string;
}

export interface ProgramBundle extends BundledFiles {
  readonly openDesk: OpenDesk;
}

interface Bundling {
  readonly outDir: string;
  readonly entries: Readonly<Record<string, string>>;
  readonly plugins: readonly Plugin[];
  readonly isSmall?: boolean;
}

async function bundle({ outDir, entries, plugins, isSmall = false }: Bundling): Promise<void> {
  const extension = isSmall ? 'cjs' : 'mjs';
  await build({
    configFile: false,
    root: projectRoot,
    logLevel: 'error',
    plugins: [...plugins],
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: true,
      target: 'node24',
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      minify: isSmall,
      reportCompressedSize: false,
      rolldownOptions: {
        input: entries,
        external: ['better-sqlite3'],
        output: {
          // An ES module asks all that it imports for all that it exports, which loads half of Node.
          format: isSmall ? 'cjs' : 'es',
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `[name]-[hash].${extension}`,
        },
      },
    },
  });
}

const faults = join(projectRoot, 'test', 'faults');
const inKill = (name: string) => join(faults, 'kill', name);

/** The processes that are killed by the thousand: the smallest form that still does all they do, since a start costs most. */
async function bundleSmall(folder: string): Promise<string> {
  const threads = globSync('electron/*/*-worker.ts', { cwd: projectRoot });
  const entries = Object.fromEntries(threads.map((path) => [basename(path, '.ts'), join(projectRoot, path)]));
  await bundle({ outDir: folder, entries, plugins: [plantAll] });
  const plugins = [...slim, threadsOutside, plantAll, asciiOnly];
  await bundle({ outDir: folder, entries: { child: inKill('child.ts') }, plugins, isSmall: true });
  return join(folder, 'child.cjs');
}

/** Bundles the program, its native part aside, with every plant asleep in it, for processes that start often. */
export async function bundleProgram(
  folder: string,
  childFolder: 'kill' | 'power' | 'disk' = 'kill',
): Promise<ProgramBundle> {
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const isKilled = childFolder === 'kill';
  const other = isKilled ? { lane: inKill('lane.ts') } : { child: join(faults, childFolder, 'child.ts') };
  const entries = { desk: inKill('desk.ts'), ...other };
  await bundle({ outDir: folder, entries, plugins: [requireHttp, plantAll] });
  const childFile = isKilled ? await bundleSmall(folder) : join(folder, 'child.mjs');
  // What was bundled is that very module.
  const { openDesk } = (await import(pathToFileURL(join(folder, 'desk.mjs')).href)) as typeof import('./desk.ts');
  return { childFile, laneFile: join(folder, 'lane.mjs'), compileCache: join(folder, 'compile-cache'), openDesk };
}
