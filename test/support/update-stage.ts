import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMemoryLog } from '../../electron/support/log.ts';
import { createUpdates, type UpdateChecks, type UpdateSource } from '../../electron/updates/updates.ts';
import type { UpdateState } from '../../shared/contract/update-operations.ts';
import { installerBytes, releaseKey, signedRelease } from './update-release.ts';

interface StageOptions {
  readonly folder: string;
  readonly source?: UpdateSource;
  readonly checks?: UpdateChecks;
}

/** Updates with a place of updates that tests fill: what it answers, what the download leaves on the disk, what was started. */
export function createUpdateStage({ folder, source, checks }: StageOptions) {
  const world = {
    manifest: signedRelease() as unknown,
    installer: installerBytes,
    checkError: undefined as Error | undefined,
    downloadError: undefined as Error | undefined,
    busy: false,
    nowMs: Date.parse('2026-12-01T00:00:00.000Z'),
    percents: [40, 20, 100],
    /** A download that never comes to an end. */
    isStuck: false,
    /** Done by the world while a check waits for its answer. */
    meanwhile: () => {},
  };
  const path = join(folder, 'pending.exe');
  const states: UpdateState[] = [];
  const ending = new AbortController();
  let asked = 0;
  let started = 0;
  let endings = 0;
  const updates = createUpdates({
    source: source ?? {
      publicKey: releaseKey.publicKey,
      port: {
        async check() {
          asked += 1;
          world.meanwhile();
          if (world.checkError) throw world.checkError;
          return world.manifest;
        },
        async download(onPercent) {
          if (world.downloadError) throw world.downloadError;
          if (world.isStuck) await new Promise(() => {});
          for (const percent of world.percents) onPercent(percent);
          writeFileSync(path, world.installer);
          return path;
        },
        install() {
          started += 1;
        },
      },
    },
    current: '1.4.2',
    ...(checks && { checks }),
    clock: { now: () => world.nowMs },
    log: createMemoryLog(),
    isBusy: () => world.busy,
    ending: ending.signal,
    changed: (state) => states.push(state),
    endProgram: () => {
      endings += 1;
    },
  });
  return {
    updates,
    world,
    path,
    states,
    asked: () => asked,
    /** The program ends. */
    end: () => ending.abort(),
    endings: () => endings,
    /** How often an installer was started. */
    started: () => started,
  };
}
