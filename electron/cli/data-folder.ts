import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const name = 'Fapiao Desk';

/** The data folder: named, or where Electron puts this program's, so that window and command line share it. */
export function dataFolder(
  flag: string | undefined,
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): string {
  const named = flag ?? environment['FAPIAO_DATA_DIR'];
  if (named) return resolve(named);
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), name);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', name);
  return join(environment['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), name);
}
