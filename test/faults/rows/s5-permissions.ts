import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { refusePermissions } from '../../../electron/shell/guard-contents.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';
import { biteAll, importShell, type Played } from '../security/plays.ts';
import type { SourcePlant } from '../source-plant.ts';

const source = 'electron/shell/guard-contents.ts';
/** All that the page needs: a card's code goes to the clipboard at a press. */
const wanted = 'clipboard-sanitized-write';
const typesOfElectron = join(import.meta.dirname, '..', '..', '..', 'node_modules', 'electron', 'electron.d.ts');

/** Every permission that this version of Electron may ask for, from its own types. */
function permissionNames(): readonly string[] {
  const types = readFileSync(typesOfElectron, 'utf8');
  const signatures = types.matchAll(/setPermission(?:Request|Check)Handler\(handler: \(\([^,]*, permission: ([^,]+),/g);
  const names = [...signatures].flatMap(([, union = '']) =>
    [...union.matchAll(/'([\w-]+)'/g)].map(([, name = '']) => name),
  );
  return [...new Set(names)];
}

type Handlers = Partial<Record<string, (...args: unknown[]) => unknown>>;

async function play(plant: SourcePlant | undefined): Promise<Played> {
  const module = await importShell(source, plant);
  const handlers: Handlers = {};
  const session = new Proxy(
    {},
    {
      get: (_target, name: string) => (handler: Handlers[string]) => {
        handlers[name] = handler;
      },
    },
  );
  // Electron's session, as far as it is used there.
  (module['refusePermissions'] as typeof refusePermissions)(session as never);
  const names = permissionNames();
  const wrong: string[] = [];
  for (const name of names) {
    // Electron grants what no handler was set for.
    let isGranted = true;
    handlers['setPermissionRequestHandler']?.({}, name, (granted: boolean) => (isGranted = granted), {});
    const isChecked = handlers['setPermissionCheckHandler']?.({}, name, 'https://example.com', {}) ?? true;
    if (isGranted !== (name === wanted)) wrong.push(`${name} asked for: ${isGranted}`);
    if (isChecked !== (name === wanted)) wrong.push(`${name} checked: ${String(isChecked)}`);
  }
  if ((handlers['setDevicePermissionHandler']?.({}) ?? true) !== false) wrong.push('a device is granted');
  const streams: unknown[] = [];
  handlers['setDisplayMediaRequestHandler']?.({}, (stream: unknown) => void streams.push(stream));
  if (JSON.stringify(streams) !== '[{}]') wrong.push('the screen may be captured');
  return { cases: names.length, wrong };
}

const plants: readonly SourcePlant[] = [
  {
    name: 'nobody answers when a permission is asked for',
    file: source,
    from: 'session.setPermissionRequestHandler(',
    to: '((_nobody: unknown) => undefined)(',
  },
  {
    name: 'reading the clipboard is allowed as well',
    file: source,
    from: "(_contents, permission) => permission === 'clipboard-sanitized-write'",
    to: "(_contents, permission) => permission.startsWith('clipboard')",
  },
];

async function run({ say }: FaultOptions): Promise<FaultResult> {
  const { cases, wrong } = await play(undefined);
  for (const one of wrong) say(one);
  return {
    figure: `${cases} permissions of Electron, devices and the screen: ${wrong.length} granted that should not be`,
    ok: cases > 40 && wrong.length === 0,
    bites: await biteAll(plants, play, say),
  };
}

export const row: FaultRow = { id: 'S5', title: 'what a page may ask the system for', run };
