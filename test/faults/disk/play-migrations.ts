import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { databaseIn } from '../../../electron/records/backup-files.ts';
import { chanceOf } from '../network/chance.ts';
import { judgeMigration } from './judge-migration.ts';
import type { MigrationChildren } from './migration-children.ts';
import { copyStart, type MigrationStart } from './migration-start.ts';

/** Cases under way at once; the computers that run this have two cores. */
const lanes = 2;
const rehearsals = 2;

/** A start, the points a child comes by from there, and how long it takes. */
export interface Rehearsed {
  readonly start: MigrationStart;
  /** Those worth a kill, by their number. */
  readonly points: readonly { readonly at: number; readonly name: string }[];
  readonly milliseconds: number;
}

/** Settings of the connection that nothing is written by. */
const isSetting = (name: string) => name.includes('PRAGMA ') && !/user_version|foreign_keys|journal_mode/.test(name);

export interface MigrationStage {
  readonly root: string;
  readonly children: MigrationChildren;
  readonly isCareless: boolean;
}

/** Lets a start be migrated undisturbed, to learn where it can be killed. */
export async function rehearse(stage: MigrationStage, start: MigrationStart): Promise<Rehearsed> {
  // The first child has to read everything from the disk; the quickest is the usual one.
  const tries: Rehearsed[] = [];
  for (let turn = 0; turn < (start.isLarge ? rehearsals : 1); turn++) tries.push(await rehearseOnce(stage, start));
  const [quickest] = tries.toSorted((one, other) => one.milliseconds - other.milliseconds);
  if (!quickest) throw new Error('there was no rehearsal');
  return quickest;
}

async function rehearseOnce(stage: MigrationStage, start: MigrationStart): Promise<Rehearsed> {
  const folder = join(stage.root, 'rehearsal');
  copyStart(start, folder);
  const task = { path: databaseIn(folder), plan: start.plan, isCareless: stage.isCareless };
  const { done, milliseconds } = await stage.children.perform(task);
  const problems = stage.isCareless ? [] : judgeMigration(folder, start, false);
  rmSync(folder, { recursive: true });
  if (!done || done.refusal !== undefined) throw new Error(`${start.name}: ${done?.refusal ?? 'it died'}`);
  if (problems.length > 0) throw new Error(`${start.name}: ${problems.join('; ')}`);
  const points = done.points.map((name, at) => ({ at, name })).filter(({ name }) => !isSetting(name));
  return { start, points, milliseconds };
}

export interface MigrationCase {
  readonly number: number;
  readonly rehearsed: Rehearsed;
  /** Absent: at a time of chance. */
  readonly point: { readonly at: number; readonly name: string } | undefined;
}

export interface PlayedMigration {
  readonly number: number;
  readonly name: string;
  readonly wasKilled: boolean;
  /** Else at a time of chance. */
  readonly isAtPoint: boolean;
  readonly problems: readonly string[];
}

async function playOne(stage: MigrationStage, seed: number, one: MigrationCase): Promise<PlayedMigration> {
  const { start, milliseconds } = one.rehearsed;
  const folder = join(stage.root, `case-${one.number}`);
  copyStart(start, folder);
  const task = { path: databaseIn(folder), plan: start.plan, isCareless: stage.isCareless, killAt: one.point?.at };
  const at = (chanceOf(seed, `migration ${one.number}`).below(1000) / 1000) * milliseconds;
  const { done } = await stage.children.perform(task, one.point ? undefined : at);
  const refusal = done?.refusal === undefined ? [] : [`refused: ${done.refusal}`];
  const problems = [...refusal, ...judgeMigration(folder, start, done === undefined)];
  if (one.point && done) problems.push('it was to be killed, and was not');
  rmSync(folder, { recursive: true });
  const where = one.point ? one.point.name : `after ${at.toFixed(1)} ms`;
  return {
    number: one.number,
    name: `${start.name}, ${where}`,
    wasKilled: done === undefined,
    isAtPoint: one.point !== undefined,
    problems,
  };
}

/** Plays cases until there are no more. */
export async function playMigrations(
  stage: MigrationStage,
  seed: number,
  next: () => MigrationCase | undefined,
  onPlayed: (played: PlayedMigration) => void,
): Promise<void> {
  const lane = async () => {
    for (let one = next(); one; one = next()) onPlayed(await playOne(stage, seed, one));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
