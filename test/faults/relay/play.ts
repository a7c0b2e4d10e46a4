import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodePush } from '../../../electron/wechat/push.ts';
import { setUpChannel } from '../../../relay/channel-setup.ts';
import { openStore } from '../../../relay/open-store.ts';
import type { Random } from '../../../scripts/samples/random.ts';
import type { StatusEvent } from '../../../shared/contract/invoice-operations.ts';
import { freePort } from '../../support/free-port.ts';
import { appid } from '../../support/safe-push.ts';
import { type FaultChild, startDesktopProcess, startRelayProcess } from './children.ts';
import { oneSecret, openDesktop } from './desktop.ts';
import type { RelayPlantName } from './plants.ts';
import { type PushedStatus, startPusher, statusOf, type Target } from './pusher.ts';

export interface Plan {
  /** At least so many. */
  readonly pushes: number;
  /** At least so many of each process that is killed, all of them while pushes come. */
  readonly kills: number;
  readonly endsAt: number;
  readonly chance: Random;
  readonly plant?: RelayPlantName;
  /** Whether a desktop takes part, and is killed as well. */
  readonly withDesktop: boolean;
}

export interface Played {
  readonly acknowledged: number;
  readonly relayKills: number;
  readonly desktopKills: number;
  /** Acknowledged and not where they belong. */
  readonly lost: readonly string[];
  /** In the records more than once. */
  readonly twice: readonly string[];
}

/** What a push is called where one is missing. */
export const statusName = ({ code, status, createTime }: PushedStatus) => `${code} ${status} ${createTime}`;

interface World {
  readonly folder: string;
  readonly store: string;
  readonly port: number;
  readonly target: Target;
  readonly pairingCode: string;
}

/** A relay's store with one channel, and where it will answer. */
export async function createWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'fapiao-relay-fault-'));
  const store = `sqlite:${join(folder, 'relay.db')}`;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const opened = await openStore(store);
  const words = await setUpChannel(opened, { url, forwardUrl: null, mode: 'safe' }, Date.now());
  await opened.close();
  const { channel, token, encodingAesKey, pairingCode } = words;
  return { folder, store, port, pairingCode, target: { url, channel, token, encodingAesKey } };
}

export function removeWorld({ folder }: World): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Pairs a desktop with the relay that runs, and ends it again. @returns its secret */
async function pairDesktop({ folder, pairingCode }: World): Promise<string> {
  const secrets = oneSecret();
  const app = openDesktop(join(folder, 'data'), secrets);
  const created = await app.handlers['account.create']({ name: '青禾', kind: 'wechat', appid });
  if (!created.ok) throw new Error(created.error.text.en);
  const paired = await app.handlers['relay.pair']({ accountId: created.value.id, pairingCode });
  if (!paired.ok) throw new Error(paired.error.text.en);
  await app.close();
  return (await secrets.read()) ?? '';
}

/** Kills a process at chance moments and starts the next, until told to stop. */
async function keepKilling(
  start: () => Promise<FaultChild>,
  chance: Random,
  longestLifeMs: number,
  isOver: () => boolean,
): Promise<{ readonly last: FaultChild; readonly kills: number }> {
  let kills = 0;
  let child = await start();
  while (!isOver()) {
    await new Promise((resolve) => setTimeout(resolve, chance.below(longestLifeMs)));
    await child.kill();
    kills += 1;
    child = await start();
  }
  return { last: child, kills };
}

/** What the relay has stored, opened with the keys. */
export async function storedIn({ store, target }: World): Promise<readonly string[]> {
  const opened = await openStore(store);
  const names: string[] = [];
  let after: string | null = null;
  for (;;) {
    const page = await opened.read(target.channel, after, 1000);
    for (const { body, query } of page) {
      const push = decodePush({ body, query, appid, ...target });
      if (push.ok && push.value.type === 'update_invoice_status') names.push(statusName(push.value));
    }
    after = page.at(-1)?.position ?? null;
    if (after === null) break;
  }
  await opened.close();
  return names;
}

/** What a desktop has in its records, once it has caught up with the relay, which runs. */
async function caughtUp(world: World, secret: string, wanted: number): Promise<readonly string[]> {
  const app = openDesktop(join(world.folder, 'data'), oneSecret(secret));
  await app.followRelays();
  const read = async () => {
    const events: StatusEvent[] = [];
    for (;;) {
      const beforeId = events.at(-1)?.id;
      const page = await app.handlers['event.list']({ limit: 500, ...(beforeId === undefined ? {} : { beforeId }) });
      if (!page.ok) throw new Error(page.error.text.en);
      events.push(...page.value.events);
      if (page.value.events.length < 500) return events.map(statusName);
    }
  };
  let names = await read();
  // Longer than any silence between two pages; a desktop that lost some never gets there.
  for (let quiet = 0; quiet < 40 && names.length < wanted; quiet += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const now = await read();
    if (now.length !== names.length) quiet = 0;
    names = now;
  }
  await app.close();
  return names;
}

/** Pushes to a relay that is killed again and again, and to a desktop behind it, and looks for what is missing. */
export async function play({ pushes, kills, endsAt, chance, plant, withDesktop }: Plan): Promise<Played> {
  const world = await createWorld();
  const startRelay = () => startRelayProcess(world.store, world.port, plant);
  try {
    const first = await startRelay();
    const secret = withDesktop ? await pairDesktop(world) : '';
    await first.stop();
    let relayKills = 0;
    let desktopKills = 0;
    const isKilledEnough = () => relayKills > kills && (!withDesktop || desktopKills > kills);
    // As long as there is killing: a process that is killed while nothing comes has nothing to lose.
    const isOver = (begun: number) => Date.now() > endsAt || (begun >= pushes && isKilledEnough());
    const pusher = startPusher(world.target, isOver, chance);
    let isSent = false;
    void pusher.done.then(() => {
      isSent = true;
    });
    const relay = keepKilling(
      async () => {
        relayKills += 1;
        return startRelay();
      },
      chance,
      900,
      () => isSent,
    );
    const desktop = withDesktop
      ? keepKilling(
          async () => {
            desktopKills += 1;
            return startDesktopProcess(join(world.folder, 'data'), secret, plant);
          },
          chance,
          // Short lives: what a desktop does first is what a kill most often falls into.
          900,
          () => isSent,
        )
      : undefined;
    const [{ last: lastRelay, kills: killedRelays }, ended] = await Promise.all([relay, desktop, pusher.done]);
    await ended?.last.kill();
    const acknowledged = [...pusher.acknowledged].map((number) => statusName(statusOf(number)));
    const stored = new Set(await storedIn(world));
    const found = withDesktop ? await caughtUp(world, secret, stored.size) : [...stored];
    await lastRelay.stop();
    const known = new Set<string>();
    const twice: string[] = [];
    for (const name of found) {
      if (known.has(name)) twice.push(name);
      known.add(name);
    }
    return {
      acknowledged: acknowledged.length,
      relayKills: killedRelays,
      desktopKills: ended?.kills ?? 0,
      lost: acknowledged.filter((name) => !known.has(name)),
      twice,
    };
  } finally {
    removeWorld(world);
  }
}
