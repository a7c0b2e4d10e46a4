import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from '../find-electron.ts';
import { projectRoot } from '../run.ts';
import { makeLinuxDistribution, makeWindowsDistribution, windowsProgram } from './stand-in-distribution.ts';

type Processor = 'x64' | 'arm64';

/** One package that this machine can make a folder of. */
export interface Target {
  readonly name: string;
  readonly system: 'linux' | 'win' | 'mac';
  readonly arch: Processor;
  /** As better-sqlite3 names its binaries. */
  readonly binary: string;
  /** Electron's own distribution, or a stand-in's that is made on demand. */
  readonly distribution: (folder: string) => string;
  readonly isReal: boolean;
  /** From the folder that electron-builder packs into: where the fuses are, and the archive. */
  readonly program: string;
  readonly archive: string;
}

const madeIn = (make: (folder: string) => void) => (folder: string) => {
  make(folder);
  return folder;
};

const unpackedFolder = (system: string, arch: Processor) => `${system}${arch === 'x64' ? '' : `-${arch}`}-unpacked`;

function linuxTarget(arch: Processor, distribution: Target['distribution'], isReal: boolean): Target {
  const folder = unpackedFolder('linux', arch);
  const name = `Linux ${arch}`;
  const places = { program: `${folder}/fapiao-desk`, archive: `${folder}/resources/app.asar` };
  return { name, system: 'linux', arch, binary: `linux-${arch}`, distribution, isReal, ...places };
}

function windowsTarget(arch: Processor, distribution: Target['distribution'], isReal: boolean): Target {
  const folder = unpackedFolder('win', arch);
  const places = { program: `${folder}/Fapiao Desk.exe`, archive: `${folder}/resources/app.asar` };
  return { name: `Windows ${arch}`, system: 'win', arch, binary: `win32-${arch}`, distribution, isReal, ...places };
}

function macTarget(arch: Processor, distribution: Target['distribution']): Target {
  const program = `mac${arch === 'x64' ? '' : `-${arch}`}/Fapiao Desk.app`;
  const archive = `${program}/Contents/Resources/app.asar`;
  return {
    name: `macOS ${arch}`,
    system: 'mac',
    arch,
    binary: `darwin-${arch}`,
    distribution,
    isReal: true,
    program,
    archive,
  };
}

/** Electron's own binary, where it is one and not a stand-in that somebody put in its place. */
export function realElectron(): string | undefined {
  return process.env['ELECTRON_OVERRIDE_DIST_PATH'] ? undefined : findElectron();
}

function realTarget(): Target {
  const distribution = () => join(projectRoot, 'node_modules', 'electron', 'dist');
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
  if (process.platform === 'darwin') return macTarget(arch, distribution);
  return process.platform === 'win32' ? windowsTarget(arch, distribution, true) : linuxTarget(arch, distribution, true);
}

/** What this machine can pack: its own system with Electron itself, or what a stand-in can be put into. */
export function targetsHere(): readonly Target[] {
  if (realElectron()) return [realTarget()];
  const linux = process.platform === 'win32' ? [] : [linuxTarget('x64', madeIn(makeLinuxDistribution), false)];
  const windows = existsSync(windowsProgram)
    ? (['x64', 'arm64'] as const).map((arch) => windowsTarget(arch, madeIn(makeWindowsDistribution), false))
    : [];
  return [...linux, ...windows];
}
