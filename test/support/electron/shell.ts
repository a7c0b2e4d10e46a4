import type { Shell } from 'electron';
import { guard } from './guard.ts';

export type Recorded = { method: 'openExternal' | 'openPath' | 'showItemInFolder' | 'trashItem'; target: string };
type Modelled = Pick<Shell, Recorded['method'] | 'beep'> & { standInCalls: Recorded[] };

/** Nothing is opened or moved: tests read `shell.standInCalls`. */
const standInCalls: Recorded[] = [];

function record(method: Recorded['method'], target: string): void {
  standInCalls.push({ method, target });
}

const modelled: Modelled = {
  standInCalls,
  openExternal: async (url) => {
    // As in Electron, what is no address at all is refused.
    new URL(url);
    record('openExternal', url);
  },
  openPath: async (target) => {
    record('openPath', target);
    return '';
  },
  showItemInFolder: (target) => record('showItemInFolder', target),
  trashItem: async (target) => record('trashItem', target),
  beep: () => {},
};

export const shell = guard(modelled, 'shell') as unknown as Shell & { standInCalls: Recorded[] };
