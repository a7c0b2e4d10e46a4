import { fileURLToPath } from 'node:url';

/** The executable to hand to Playwright's `_electron.launch` or to `spawn`, in place of Electron's own binary. */
export function standInPath(): string {
  const name = process.platform === 'win32' ? 'electron.cmd' : 'electron';
  return fileURLToPath(new URL(`./${name}`, import.meta.url));
}
