import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFolder } from '../../../electron/cli/data-folder.ts';

describe('the data folder', () => {
  it('is the one that is named, first by the flag, then by the environment', () => {
    expect(dataFolder('/a', { FAPIAO_DATA_DIR: '/b' })).toBe('/a');
    expect(dataFolder(undefined, { FAPIAO_DATA_DIR: '/b' })).toBe('/b');
    expect(dataFolder('here', {})).toBe(resolve('here'));
  });

  it('is otherwise where Electron puts it, so that window and command line share one', () => {
    const name = 'Fapiao Desk';
    expect(dataFolder(undefined, { APPDATA: '/roaming' }, 'win32')).toBe(join('/roaming', name));
    expect(dataFolder(undefined, {}, 'win32')).toBe(join(homedir(), 'AppData', 'Roaming', name));
    expect(dataFolder(undefined, {}, 'darwin')).toBe(join(homedir(), 'Library', 'Application Support', name));
    expect(dataFolder(undefined, { XDG_CONFIG_HOME: '/config' }, 'linux')).toBe(join('/config', name));
    expect(dataFolder(undefined, {}, 'linux')).toBe(join(homedir(), '.config', name));
  });

  it('is not the current folder where its name is empty', () => {
    expect(dataFolder('', {}, 'linux')).toBe(dataFolder(undefined, {}, 'linux'));
  });
});
