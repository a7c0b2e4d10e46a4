import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import * as z from 'zod';
import { projectRoot } from '../../../scripts/run.ts';
import type { Bite } from '../row.ts';

/** A way round the one client, planted in a file of its own; `harmless` files must pass, or the check refuses everything. */
interface PlantedCall {
  readonly name: string;
  readonly file: string;
  readonly source: string;
  readonly refusedBy: 'lint' | 'layers' | 'nobody';
}

const renderer = (name: string, call: string): PlantedCall => ({
  name: `${name} in the page`,
  file: `renderer/${name.replaceAll(/\W/g, '-').toLowerCase()}.ts`,
  source: `export const call = () => ${call};\n`,
  refusedBy: 'lint',
});

const calls: readonly PlantedCall[] = [
  renderer('fetch', "fetch('/insert', { method: 'POST' })"),
  renderer('window.fetch', "window.fetch('/insert', { method: 'POST' })"),
  renderer('XMLHttpRequest', 'new XMLHttpRequest()'),
  renderer('WebSocket', "new WebSocket('wss://127.0.0.1')"),
  renderer('window.WebSocket', "new window.WebSocket('wss://127.0.0.1')"),
  renderer('EventSource', "new EventSource('/insert')"),
  renderer('navigator.sendBeacon', "navigator.sendBeacon('/insert', '{}')"),
  {
    name: 'fetch in the main process',
    file: 'electron/wechat/fetched.ts',
    source: "export const call = () => fetch('https://127.0.0.1/insert');\n",
    refusedBy: 'lint',
  },
  {
    name: "Electron's net in the shell",
    file: 'electron/shell/net.ts',
    source: "import { net } from 'electron';\n\nexport const stack = net;\n",
    refusedBy: 'lint',
  },
  {
    name: "a session's fetch in the shell",
    file: 'electron/shell/session-fetch.ts',
    source:
      "import { session } from 'electron';\n\nexport const call = () => session.defaultSession.fetch('https://x/');\n",
    refusedBy: 'lint',
  },
  {
    name: "Electron's net beside the client",
    file: 'electron/wechat/net.ts',
    source: "import { net } from 'electron';\n\nexport const stack = net;\n",
    refusedBy: 'layers',
  },
  {
    name: 'undici in issuing',
    file: 'electron/issuing/undici.ts',
    source: "import { request } from 'undici';\n\nexport const call = request;\n",
    refusedBy: 'layers',
  },
  {
    name: "Node's https in issuing",
    file: 'electron/issuing/https.ts',
    source: "import { request } from 'node:https';\n\nexport const call = request;\n",
    refusedBy: 'layers',
  },
  {
    name: 'undici in the client',
    file: 'electron/wechat/undici.ts',
    source: "import { request } from 'undici';\n\nexport const call = request;\n",
    refusedBy: 'nobody',
  },
  {
    name: 'a word that is no call',
    file: 'renderer/words.ts',
    source: "export const call = { fetch: 'fetch', net: 'net' };\n",
    refusedBy: 'nobody',
  },
];

const lintReport = z.object({
  diagnostics: z.array(z.object({ severity: z.string(), location: z.object({ path: z.unknown() }) })),
});

/** Files that the project's own lint rules refuse, relative to the folder. */
async function lint(folder: string): Promise<Set<string>> {
  const biome = join(projectRoot, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const args = [biome, 'check', '--reporter=json', '--max-diagnostics=500', '--error-on-warnings', '.'];
  // It ends with an error where it refuses something, as it should here.
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: folder, timeout: 60_000 }, (_error, stdout) => resolve(stdout));
  });
  const { diagnostics } = lintReport.parse(JSON.parse(output));
  return new Set(
    diagnostics.map(({ location }) => {
      const { path } = location;
      const text = typeof path === 'string' ? path : JSON.stringify(path);
      return calls.find(({ file }) => text.includes(file))?.file ?? text;
    }),
  );
}

/** Files that the project's own layer rules refuse, relative to the folder. */
async function cruiseLayers(folder: string): Promise<Set<string>> {
  const config = await extractConfig(join(projectRoot, '.dependency-cruiser.mjs'));
  const { output } = await cruise(['electron', 'renderer'], {
    ...config.options,
    baseDir: folder,
    ruleSet: config,
    validate: true,
    // The packages are the project's own, behind a link.
    preserveSymlinks: true,
  });
  // With no output type named, the result is the object and not text.
  const { summary } = output as ICruiseResult;
  if (summary.totalCruised < calls.length) throw new Error(`the cruiser read ${summary.totalCruised} modules`);
  return new Set(summary.violations.map(({ from }) => from));
}

async function writeProject(folder: string): Promise<void> {
  const biome = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(await readFile(join(projectRoot, 'biome.json'), 'utf8')));
  // All of the project's rules; the folder is no repository.
  await writeFile(join(folder, 'biome.json'), JSON.stringify({ ...biome, vcs: { enabled: false } }));
  await mkdir(join(folder, 'scripts'));
  await copyFile(join(projectRoot, 'scripts', 'no-network.grit'), join(folder, 'scripts', 'no-network.grit'));
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const { file, source } of calls) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), source);
  }
}

/** Every planted way round the client, through the project's own rules in a folder apart. */
export async function checkPlantedCalls(): Promise<{
  readonly wrong: readonly string[];
  readonly bites: readonly Bite[];
}> {
  const folder = await mkdtemp(join(tmpdir(), 'fapiao-planted-'));
  try {
    await writeProject(folder);
    const linted = await lint(folder);
    const cruised = await cruiseLayers(folder);
    const isRefused = ({ file, refusedBy }: PlantedCall) =>
      refusedBy === 'nobody'
        ? linted.has(file) || cruised.has(file)
        : (refusedBy === 'lint' ? linted : cruised).has(file);
    const harmless = calls.filter(({ refusedBy }) => refusedBy === 'nobody');
    const harmful = calls.filter(({ refusedBy }) => refusedBy !== 'nobody');
    return {
      wrong: harmless.filter(isRefused).map(({ name }) => `${name} is refused`),
      bites: harmful.map((call) => ({ name: `${call.name}, by ${call.refusedBy}`, caught: isRefused(call) })),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
