// What the command line and the environment say to the stand-in itself; launch.ts fills it in before the app starts.

export type StandInOptions = {
  appPath: string;
  /** Everything after the program's name, as the app sees it in process.argv. */
  args: string[];
  /** Set when a driver (Playwright) asked for a DevTools websocket. */
  debuggingPort: string | undefined;
  /** Chromium switches given on the command line. */
  switches: string[];
  headless: boolean;
};

export const options: StandInOptions = {
  appPath: process.cwd(),
  args: [],
  debuggingPort: undefined,
  switches: [],
  headless: true,
};

/** STANDIN_HEADLESS / STANDIN_HEADED decide; else a driver or a missing display means headless. */
export function decideHeadless(args: string[], driven: boolean): boolean {
  if (process.env['STANDIN_HEADED'] === '1') return false;
  if (process.env['STANDIN_HEADLESS'] === '1' || args.includes('--headless')) return true;
  const display = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  return driven || !display;
}
