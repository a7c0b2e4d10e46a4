import type { Display, Screen } from 'electron';
import { GuardedEmitter } from './guarded-emitter.ts';

export const WORK_AREA = { x: 0, y: 0, width: 1440, height: 900 };

const display = {
  id: 1,
  label: 'stand-in',
  bounds: WORK_AREA,
  workArea: WORK_AREA,
  size: { width: WORK_AREA.width, height: WORK_AREA.height },
  workAreaSize: { width: WORK_AREA.width, height: WORK_AREA.height },
  scaleFactor: 1,
  rotation: 0,
} as Display;

type Modelled = Pick<
  Screen,
  'getPrimaryDisplay' | 'getAllDisplays' | 'getDisplayMatching' | 'getDisplayNearestPoint' | 'getCursorScreenPoint'
>;

/** One display of a fixed size. */
class OneScreen extends GuardedEmitter implements Modelled {
  constructor() {
    super('screen', ['display-added', 'display-removed', 'display-metrics-changed']);
  }

  getPrimaryDisplay(): Display {
    return display;
  }

  getAllDisplays(): Display[] {
    return [display];
  }

  getDisplayMatching(): Display {
    return display;
  }

  getDisplayNearestPoint(): Display {
    return display;
  }

  getCursorScreenPoint(): { x: number; y: number } {
    return { x: 0, y: 0 };
  }
}

export const screen = new OneScreen();
