import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import BetterSqlite3 from 'better-sqlite3';
import { databaseIn, databaseName } from '../../../electron/records/backup-files.ts';
import { reasonOf } from '../../../electron/records/backup-inspect.ts';
import { openDatabase } from '../../../electron/records/database.ts';
import { readRestoreOffer } from '../../../electron/records/restore-offer.ts';
import { openRecords, restoreNow } from '../../../electron/records/restore-open.ts';
import type { Random } from '../../../scripts/samples/random.ts';
import { createManualClock } from '../../support/app-clock.ts';
import { type DatabaseDump, dumpDatabase, withoutDoubt } from '../../support/dump-database.ts';
import { chanceOf } from '../network/chance.ts';
import { copyAsKilled, openFolder, openOptions, readFiles } from './data-folder.ts';

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
  // So few that the log does not begin anew: a seal says nothing about a file that the log was written into.
  await run(15, 'killed', 'killed');
  return images;
}

function mutate(bytes: Buffer, chance: Random): { readonly how: string; readonly mutated: Buffer } {
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

type Started = { readonly code: string; readonly offered: string | undefined } | DatabaseDump;
/** What a program does with a data folder: the code it refuses it with, or what is in it. */
export type Start = (folder: string) => Started;

const start: Start = (folder) => {
  const opened = openRecords(openOptions(folder));
  if (!opened.ok) return { code: opened.error.code, offered: readRestoreOffer(opened.error)?.newestBackup?.name };
  opened.value.close();
  return dumpDatabase(databaseIn(folder));
};

/** What a program does that leaves everything to SQLite and its integrity check. */
export const startLeftToSqlite: Start = (folder) => {
  const opened = openDatabase(databaseIn(folder));
  if (!opened.ok) return { code: opened.error.code, offered: undefined };
  opened.value.close();
  return dumpDatabase(databaseIn(folder));
};

/** What a program does that does not even check. */
export const startUnchecked: Start = (folder) => {
  try {
    const database = new BetterSqlite3(databaseIn(folder));
    database.pragma('journal_mode = WAL');
    database.close();
    return dumpDatabase(databaseIn(folder));
  } catch (error) {
    return { code: reasonOf(error), offered: undefined };
  }
};

export interface DamageCount {
  /** Opened, with nothing missing and nothing altered. */
  readonly right: number;
  /** Refused as damaged, with the newest good backup offered, restored and right. */
  readonly offered: number;
  /** Everything else, each with how it came about. */
  readonly wrong: readonly { readonly case: number; readonly what: string }[];
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

/** Starts on a damaged folder and says what is wrong with the outcome. */
function judgeStart(
  folder: string,
  image: Image,
  evidence: ReadonlyMap<string, Buffer>,
  open: Start,
): 'right' | 'offered' | { readonly fault: string } {
  const started = open(folder);
  if (isDeepStrictEqual(started, image.truth)) {
    // Once more: what was mended or missed at the first start must not come out at the second.
    return isDeepStrictEqual(open(folder), image.truth) ? 'right' : { fault: 'the second start differs' };
  }
  if (!('code' in started)) return { fault: 'wrong records were shown' };
  if (started['code'] !== 'database.damaged') return { fault: String(started['code']) };
  const fault = findFaultOfRefusal(folder, image, evidence);
  return fault === undefined ? 'offered' : { fault };
}

export interface DamagePlan {
  readonly root: string;
  readonly seed: number;
  readonly count: number;
  /** Play this case alone. */
  readonly only?: number | undefined;
  /** Whether the first wrong case is enough. */
  readonly stopsAtWrong?: boolean;
}

/**
 * Damages images in `count` seeded ways and starts the program on each.
 * @param open stands in for the program's own start, to see that a careless one is caught
 */
export function playDamage(
  images: readonly Image[],
  { root, seed, count, only, stopsAtWrong = false }: DamagePlan,
  open: Start = start,
): DamageCount {
  const wrong: { case: number; what: string }[] = [];
  const counted = { right: 0, offered: 0 };
  const cases = only === undefined ? Array.from({ length: count }, (_, index) => index) : [only];
  for (const number of cases) {
    if (stopsAtWrong && wrong.length > 0) break;
    const chance = chanceOf(seed, `damage ${number}`);
    const image = chance.pick(images);
    const folder = mkdtempSync(join(root, 'damaged-'));
    copyAsKilled(image.folder, folder);
    const name = chance.pick([...readFiles(folder).keys()].filter((one) => !one.endsWith('.seal')));
    const { how, mutated } = mutate(readFileSync(join(folder, name)), chance);
    writeFileSync(join(folder, name), mutated);
    const verdict = judgeStart(folder, image, readFiles(folder), open);
    if (typeof verdict === 'string') counted[verdict] += 1;
    else wrong.push({ case: number, what: `${image.name}, ${name}: ${how}: ${verdict.fault}` });
    rmSync(folder, { recursive: true, force: true });
  }
  return { ...counted, wrong };
}
