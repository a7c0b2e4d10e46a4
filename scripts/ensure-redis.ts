import { spawnSync } from 'node:child_process';
import { aptInstall } from './apt-install.ts';

const isThere = () => spawnSync(process.env['FAPIAO_REDIS_SERVER'] ?? 'redis-server', ['--version']).status === 0;

/**
 * The Redis that the relay's tests start: found, or installed where that can be done.
 * @throws Error that says what to install where it cannot
 */
export function ensureRedis(): void {
  if (isThere() || (aptInstall('Redis', 'redis-server') && isThere())) return;
  throw new Error(
    [
      '找不到 redis-server。请安装 Redis 7，或把环境变量 FAPIAO_REDIS_SERVER 设为它的完整路径。',
      'redis-server was not found. Install Redis 7, or set FAPIAO_REDIS_SERVER to its full path.',
      '(Debian/Ubuntu: apt-get install redis-server)',
    ].join('\n'),
  );
}
