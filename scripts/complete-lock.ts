import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './run.ts';

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Record<string, LockedPackage>;
}

const systems = ['android', 'darwin', 'linux', 'win32', 'freebsd', 'openharmony'];
const processors = ['arm64', 'x64', 'ia32', 'riscv64', 'ppc64', 's390x', 'arm'];

/** Which machines a package for one platform is for, by the parts of its name. */
function platformOf(name: string): { os: string[]; cpu: string[]; libc?: string[] } | undefined {
  const parts = name.slice(name.lastIndexOf('/') + 1).split('-');
  const os = systems.find((system) => parts.includes(system));
  const cpu = processors.find((processor) => parts.includes(processor));
  if (!os || !cpu) return undefined;
  const libc = parts.some((part) => part.startsWith('musl')) ? 'musl' : 'glibc';
  return { os: [os], cpu: [cpu], ...(os === 'linux' ? { libc: [libc] } : {}) };
}

/**
 * `npm install` leaves out of the lock file the platform packages it could not see where it ran, and `npm ci` then
 * refuses the file everywhere. This adds them by name and exact version; they are fetched only on the machines they are for.
 */
function complete(lock: Lock): number {
  const known = new Set(Object.keys(lock.packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)));
  let added = 0;
  for (const { dev, optionalDependencies } of Object.values(lock.packages))
    for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
      const platform = platformOf(name);
      if (known.has(name) || !platform || !/^\d+\.\d+\.\d+$/.test(version)) continue;
      lock.packages[`node_modules/${name}`] = {
        version,
        ...platform,
        ...(dev ? { dev } : {}),
        optional: true,
      } as LockedPackage; // os, cpu and libc are fields of a locked package that this script does not read
      known.add(name);
      added += 1;
    }
  return added;
}

const file = join(projectRoot, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock; // npm's own file, lockfileVersion 3
const added = complete(lock);
const { packages } = lock;
const sorted = Object.fromEntries(
  Object.keys(packages)
    .toSorted()
    .map((path) => [path, packages[path]]),
);
writeFileSync(file, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
console.log(`${added} platform packages added`);
