import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from '../run.ts';
import type { PackageConfig } from './config-rules.ts';

export interface PackOptions {
  readonly system: 'linux' | 'win' | 'mac';
  readonly arch: string;
  /** The folder of Electron's distribution. */
  readonly distribution: string;
  readonly output: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Packs the program into a folder, without an installer and without a signature. */
export function packFolder({ system, arch, distribution, output, env }: PackOptions): {
  readonly ok: boolean;
  readonly said: string;
} {
  const unsigned = system === 'win' ? ['-c.win.signExecutable=false'] : [];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(projectRoot, 'node_modules', 'electron-builder', 'cli.js'),
      `--${system}`,
      'dir',
      `--${arch}`,
      '--publish=never',
      `-c.electronDist=${distribution}`,
      `-c.directories.output=${output}`,
      ...unsigned,
      ...(system === 'mac' ? ['-c.mac.identity=null'] : []),
    ],
    { cwd: projectRoot, encoding: 'utf8', timeout: 600_000, env: { ...process.env, ...env } },
  );
  return { ok: status === 0, said: `${stdout}\n${stderr}`.trim() };
}

interface ConfigModule {
  readonly getConfig: (projectDir: string, file: string | null, options: object | null) => Promise<PackageConfig>;
  readonly validateConfiguration: (config: PackageConfig, log: { readonly isEnabled: boolean }) => Promise<void>;
}

/** electron-builder's own reading of its configuration. It is not part of its interface, so it is reached by its file. */
function configModule(): ConfigModule {
  const builder = createRequire(import.meta.resolve('electron-builder'));
  return builder('app-builder-lib/out/util/config/config.js') as ConfigModule; // of the exact version in the lock file
}

/** The configuration as electron-builder reads it. */
export function readConfig(): Promise<PackageConfig> {
  return configModule().getConfig(projectRoot, 'electron-builder.yml', null);
}

/** What electron-builder's schema says against a configuration. */
export async function schemaFaults(config: PackageConfig): Promise<readonly string[]> {
  try {
    await configModule().validateConfiguration(config, { isEnabled: false });
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
