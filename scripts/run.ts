import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const projectRoot = join(import.meta.dirname, '..');

/** Sources run as they are; what Node makes of them is kept, for the many processes and threads that read the same ones. */
const compiled = join(projectRoot, 'node_modules', '.cache', 'compiled');

/** Runs one of the project's own programs with its output shown, and answers its exit code. */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const bin = join(projectRoot, 'node_modules', '.bin');
  const separator = process.platform === 'win32' ? ';' : ':';
  const PATH = `${bin}${separator}${process.env['PATH'] ?? ''}`;
  const child = spawn(command, [...args], {
    cwd: projectRoot,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { NODE_COMPILE_CACHE: compiled, ...process.env, ...env, PATH },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}
