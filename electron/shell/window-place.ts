import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import * as z from 'zod';
import type { Log } from '../support/log.ts';

/** Below this the pages do not fit (DIP). */
export const smallestWindow = { width: 1024, height: 700 } as const;
const usualWindow = { width: 1280, height: 800 } as const;
/** So much of the title bar has to be on a display for a hand to reach it (DIP). */
const reachable = 64;

const placeSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(smallestWindow.width).max(20_000),
  height: z.int().min(smallestWindow.height).max(20_000),
  maximized: z.boolean(),
});
type Place = z.output<typeof placeSchema>;

function isReachable({ x, y, width }: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const seen = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x);
    return seen >= reachable && y >= workArea.y && y <= workArea.y + workArea.height - reachable;
  });
}

function read(file: string): Place | undefined {
  try {
    const parsed = placeSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // The first start has none, and a file that cannot be read costs no more than the place.
    return undefined;
  }
}

/** Where the window was when it was last closed; a place on a display that is gone counts for its size only. */
export function createWindowPlace(dataFolder: string, log: Log) {
  const file = join(dataFolder, 'window.json');
  return {
    recall(): Partial<Rectangle> & { readonly width: number; readonly height: number; readonly maximized: boolean } {
      const place = read(file);
      if (!place) return { ...usualWindow, maximized: false };
      const { x, y, ...size } = place;
      return isReachable(place) ? { x, y, ...size } : size;
    },
    keep(window: BrowserWindow): void {
      const { x, y, width, height } = window.getNormalBounds();
      const place: Place = { x, y, width, height, maximized: window.isMaximized() };
      try {
        writeFileSync(file, JSON.stringify(place));
      } catch (error) {
        log.warn('window.place', { reason: error instanceof Error ? error.message : 'unknown' });
      }
    },
  };
}
export type WindowPlace = ReturnType<typeof createWindowPlace>;
