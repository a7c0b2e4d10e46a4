import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { databaseIn, databaseName } from '../../../electron/records/backup-files.ts';
import { readRestoreOffer } from '../../../electron/records/restore-offer.ts';
import { openRecords, restoreNow } from '../../../electron/records/restore-open.ts';
import { createManualClock } from '../../support/app-clock.ts';
import { type DatabaseDump, dumpDatabase, withoutDoubt } from '../../support/dump-database.ts';
import { copyAsKilled, openFolder, openOptions, readFiles } from './data-folder.ts';
import { type Chance, createChance } from './seeded.ts';

/** A data folder as some end of the program leaves it, and what is in it. */
export interface Image {
  readonly name: string;
  readonly folder: string;
  readonly truth: DatabaseDump;
  readonly backedUp: DatabaseDump;
}

const pageBytes = 4096;

/**
 * The three ends of the program: closed in order; killed with its last writes in the log; killed in its very first run.
 * Each has one backup that is older than its last writes.
 */
export async function makeImages(root: string): Promise<readonly Image[]> {
  const live = join(root, 'live');
  const images: Image[] = [];
  const keep = (name: string, backedUp: DatabaseDump) => {
    const folder = join(root, name);
    copyAsKilled(live, folder);
    // Looking at a copy of the copy: SQLite changes what it opens.
    const look = join(root, `look at ${name}`);
    copyAsKilled(live, look);
    images.push({ name, folder, truth: dumpDatabase(databaseIn(look)), backedUp });
  };
  const clock = createManualClock();
  const run = async (added: number, end: 'killed' | 'closed', name?: string) => {
    const opened = openFolder(live, clock);
    for (let index = 0; index < added; index++) opened.add('issued');
    const backup = await opened.backUp();
    const backedUp = dumpDatabase(join(live, 'backups', backup.name));
    for (let index = 0; index < added; index++) opened.add(index % 3 === 0 ? 'unknown' : 'draft');
    if (name !== undefined && end === 'killed') keep(name, backedUp);
    opened.close();
    if (name !== undefined && end === 'closed') keep(name, backedUp);
  };
  mkdirSync(live);
  await run(20, 'killed', 'killed in its first run');
  await run(60, 'closed', 'closed');
  await run(30, 'killed', 'killed');
  return images;
}

function mutate(bytes: Buffer, chance: Chance): { readonly how: string; readonly mutated: Buffer } {
  const kind = chance.pick(['flip', 'zero', 'truncate'] as const);
  if (kind === 'truncate') {
    const length = chance.below(bytes.length);
    return { how: `truncated from ${bytes.length} to ${length}`, mutated: bytes.subarray(0, length) };
  }
  const mutated = Buffer.from(bytes);
  if (kind === 'zero') {
    const page = chance.below(Math.ceil(bytes.length / pageBytes));
    mutated.fill(0, page * pageBytes, Math.min(bytes.length, (page + 1) * pageBytes));
    return { how: `page ${page} zeroed`, mutated };
  }
  const bit = chance.below(bytes.length * 8);
  mutated.writeUInt8(mutated.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return { how: `bit ${bit & 7} of byte ${bit >> 3} flipped`, mutated };
}

/** What the program does with a data folder: the code it refuses it with, or what is in it. */
function start(folder: string): { readonly code: string; readonly offered: string | undefined } | DatabaseDump {
  const opened = openRecords(openOptions(folder));
  if (!opened.ok) return { code: opened.error.code, offered: readRestoreOffer(opened.error)?.newestBackup?.name };
  opened.value.close();
  return dumpDatabase(databaseIn(folder));
}

export interface DamageCount {
  /** Opened, with nothing missing and nothing altered. */
  readonly right: number;
  /** Refused as damaged, with the newest good backup offered, restored and right. */
  readonly offered: number;
  /** Everything else, each with how it came about. */
  readonly wrong: readonly string[];
}

/** Why a refusal is not as it should be; undefined where it is. */
function findFaultOfRefusal(folder: string, image: Image, evidence: ReadonlyMap<string, Buffer>): string | undefined {
  const first = start(folder);
  const again = start(folder);
  if (!isDeepStrictEqual(first, again)) return 'the second start answers something else';
  if (!('offered' in first) || typeof first.offered !== 'string') return 'no backup is offered';
  for (const name of [databaseName, `${databaseName}-wal`]) {
    const before = evidence.get(name);
    if (before && !readFiles(folder).get(name)?.equals(before)) return `${name} was changed by looking at it`;
  }
  const restored = restoreNow(openOptions(folder), first.offered);
  if (!restored.ok) return `the restore failed: ${restored.error.code}`;
  for (const [name, bytes] of evidence)
    if (!name.endsWith('-shm') && !readFileSync(join(restored.value.asideFolder, name)).equals(bytes))
      return `${name} is not aside as it was`;
  const after = start(folder);
  const isAsBackedUp = !('code' in after) && isDeepStrictEqual(withoutDoubt(after), image.backedUp);
  return isAsBackedUp ? undefined : 'the restored records differ from the backup';
}

/**
 * Damages images in `count` seeded ways and starts the program on each.
 * @param open stands in for the program's own start, to see that a careless one is caught
 */
export function playDamage(
  images: readonly Image[],
  { root, seed, count }: { readonly root: string; readonly seed: number; readonly count: number },
  open: typeof start = start,
): DamageCount {
  const chance = createChance(seed);
  const wrong: string[] = [];
  let right = 0;
  let offered = 0;
  for (let index = 0; index < count; index++) {
    const image = chance.pick(images);
    const folder = mkdtempSync(join(root, 'damaged-'));
    copyAsKilled(image.folder, folder);
    const names = [...readFiles(folder).keys()].filter((name) => !name.endsWith('.seal'));
    const name = chance.pick(names);
    const { how, mutated } = mutate(readFileSync(join(folder, name)), chance);
    writeFileSync(join(folder, name), mutated);
    const evidence = readFiles(folder);
    const what = `${index}: ${image.name}, ${name}: ${how}`;
    const started = open(folder);
    if (isDeepStrictEqual(started, image.truth)) {
      // Once more: what was mended or missed at the first start must not come out at the second.
      if (isDeepStrictEqual(open(folder), image.truth)) right += 1;
      else wrong.push(`${what}: the second start differs`);
    } else if ('code' in started && started['code'] === 'database.damaged') {
      const fault = findFaultOfRefusal(folder, image, evidence);
      if (fault === undefined) offered += 1;
      else wrong.push(`${what}: ${fault}`);
    } else wrong.push(`${what}: ${'code' in started ? String(started['code']) : 'wrong records were shown'}`);
    rmSync(folder, { recursive: true, force: true });
  }
  return { right, offered, wrong };
}
