import { spawnSync } from 'node:child_process';

/** Installs Debian packages where that can be done without asking anybody: on Debian, as root. */
export function aptInstall(what: string, ...packages: string[]): boolean {
  const isDebianRoot =
    process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  if (!isDebianRoot) return false;
  console.log(`没有找到 ${what}，正在用 apt-get 安装 … / No ${what} found, installing it with apt-get …`);
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: 600_000,
    }).status === 0;
  return apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
}
