import { spawnSync } from 'node:child_process';
import { devNull } from 'node:os';
import { fail, ok, type Result } from '../shared/result.ts';
import { aptInstall } from './apt-install.ts';

const command = 'strace';
const isInstalled = () => spawnSync(command, ['-V']).status === 0;

/**
 * The strace that power cuts are read from: found, or installed where that can be done.
 * @returns the command, or why nothing can be traced on this computer
 */
export function ensureStrace(): Result<string, string> {
  if (process.platform !== 'linux') return fail(`strace is for Linux, this is ${process.platform}`);
  if (!isInstalled() && !aptInstall(command, command)) return fail('strace is not installed');
  // Containers often have strace and no permission to trace.
  const tried = spawnSync(command, ['-f', '--seccomp-bpf', '-qq', '-e', 'trace=fsync', '-o', devNull, 'true']);
  if (tried.status === 0) return ok(command);
  return fail(`strace cannot trace here: ${String(tried.stderr).trim().split('\n').at(-1) ?? ''}`);
}
