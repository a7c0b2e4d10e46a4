import { spawnSync } from 'node:child_process';
import { findChromium } from '../test/support/electron/find-chromium.ts';

function aptInstall(): boolean {
  const isDebianRoot =
    process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  if (!isDebianRoot) return false;
  console.log('没有找到 Chromium，正在用 apt-get 安装 … / No Chromium found, installing it with apt-get …');
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: 600_000,
    }).status === 0;
  // Without a CJK font Chinese is drawn as boxes.
  return apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk');
}

/**
 * The Chromium the end-to-end tests run in: found, or installed where that can be done.
 * @throws Error that says what to install where it cannot
 */
export async function ensureChromium(): Promise<string> {
  try {
    return await findChromium();
  } catch (error) {
    if (aptInstall()) return await findChromium();
    throw error;
  }
}
