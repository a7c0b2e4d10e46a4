import type { Database } from 'better-sqlite3';
import type { StoredAccount } from '../../../electron/records/account-repository.ts';
import { createRecords, type Records } from '../../../electron/records/records.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { Result } from '../../../shared/result.ts';
import { CrashSignal } from './crashing-records.ts';
import { createInvariants, type Intent, type Intents } from './invariants.ts';
import { createModelWeChat, duplicateSemantics } from './model-wechat.ts';
import { BrokenRule, createGlances, createObserver, type Decision } from './observer.ts';
import { type Program, startProgram } from './program.ts';
import { createRandom } from './random.ts';
import { createTimeline } from './timeline.ts';

/** Tables in an order in which no row is needed any more. */
const tables = [
  'status_event',
  'batch_row',
  'attempt',
  'invoice_item',
  'invoice',
  'batch',
  'upload',
  'pdf',
  'template',
  'account',
];

export const appid = 'wx0123456789abcdef';

/** The disk: one database in memory for many seeds, emptied before each. */
export function createDisk(database: Database) {
  let records = createRecords(database);
  const invariants = createInvariants(database);
  const glances = createGlances(database);
  const deletions = tables.map((table) => database.prepare(`DELETE FROM ${table}`));
  const clear = database.transaction(() => {
    for (const deletion of deletions) deletion.run();
  });
  return {
    database,
    invariants,
    glances,
    records: (): Records => records,
    /** Repositories hold prepared statements only; making them anew at each crash would take most of the time. */
    renewRecords(): void {
      records = createRecords(database);
    },
    clear(): StoredAccount {
      clear.immediate();
      invariants.forget();
      const createdAt = '2026-11-23T02:00:00.000Z';
      const account = records.accounts.create({
        name: 'simulated',
        kind: 'wechat',
        appid,
        baseUrl: '',
        colour: 'green',
        createdAt,
      });
      records.templates.create({
        accountId: account.id,
        cardId: 'pDe7ajvS2e1x',
        payee: '云杉练习商贸有限公司',
        type: '增值税电子普通发票',
        title: '云杉商贸',
        logoUrl: 'https://mmbiz.qpic.cn/logo',
        customUrlName: '',
        customUrl: '',
        customUrlSubTitle: '',
        promotionUrlName: '',
        promotionUrl: '',
        promotionUrlSubTitle: '',
        createdAt,
      });
      return account;
    },
  };
}

interface FollowedCall<Value> {
  readonly what: string;
  readonly invoiceId?: number;
  /** Whether the program may do only one of them at a time for an invoice. */
  readonly isAlone?: boolean;
  readonly decision?: Decision;
  readonly work: () => Promise<Result<Value, AppError>>;
  readonly ended?: (result: Result<Value, AppError>) => void;
}

export type Disk = ReturnType<typeof createDisk>;
export type World = ReturnType<typeof createWorld>;

/** Everything one seed plays in: the disk, WeChat, the clock, the program's lives, and what people wanted. */
export function createWorld(disk: Disk, seed: number) {
  const random = createRandom(seed);
  const timeline = createTimeline();
  const account = disk.clear();
  const wechat = createModelWeChat({
    random,
    timeline,
    semantics: random.pick(duplicateSemantics),
    faultiness: random.pick([0.05, 0.3, 0.5, 0.8]),
  });
  if (random.chance(0.2)) wechat.setQuota(random.between(2, 8));
  const observer = createObserver(disk.glances);
  const { invariants } = disk;
  const trace: string[] = [];
  const calling = new Map<number, number>();
  const alone = new Set<number>();
  const runningBatches = new Set<number>();
  const intents: Intents = {
    accepted: new Map<number, Intent>(),
    offered: new Map<number, Intent>(),
    settling: new Set<number>(),
    calling,
    runningBatches,
    hasEnded: false,
  };
  const problems: unknown[] = [];
  let hash = 0x811c9dc5;
  let hasCrashed = false;
  const counts = { crashes: 0, restarts: 0 };
  let program: Program;

  function note(line: string): void {
    trace.push(line);
    for (let index = 0; index < line.length; index += 1)
      hash = Math.imul(hash ^ line.charCodeAt(index), 0x01000193) >>> 0;
  }

  function launch(diesStartingAt?: number): Program {
    return startProgram({
      records: disk.records(),
      wechat,
      timeline,
      appid,
      inserting: (body) => {
        try {
          return observer.inserting(body, invariants.lastStates);
        } catch (error) {
          problems.push(error);
          throw error;
        }
      },
      told: (flight, told) => {
        note(`  told ${flight.invoiceId} ${told.kind}`);
        observer.told(flight, told);
      },
      crashed: () => {
        hasCrashed = true;
      },
      diesStartingAt,
    });
  }

  /** Starts the program again; it may die while it starts. */
  function restart(): void {
    observer.crashed(invariants.read().filter(([, state]) => state === 'sending'));
    calling.clear();
    alone.clear();
    runningBatches.clear();
    counts.restarts += 1;
    if (random.chance(0.005)) disk.renewRecords();
    if (random.chance(0.1))
      try {
        launch(random.between(1, 6)).kill();
      } catch (error) {
        if (!(error instanceof CrashSignal)) throw error;
      }
    program = launch();
    hasCrashed = false;
  }

  program = launch();

  function release(invoiceId: number): void {
    const left = (calling.get(invoiceId) ?? 0) - 1;
    if (left > 0) calling.set(invoiceId, left);
    else calling.delete(invoiceId);
  }

  return {
    random,
    timeline,
    wechat,
    observer,
    intents,
    runningBatches,
    account,
    trace,
    note,
    problems,
    counts,
    program: () => program,
    /** How many lives the program had. */
    lives: () => counts.restarts,
    hash: () => hash,
    isCrashed: () => hasCrashed,
    restart,
    /** Follows a call of the program until it ends; a call that throws breaks a rule, unless it was killed. */
    follow<Value>({ what, invoiceId, work, ...call }: FollowedCall<Value>): void {
      const isAlone = call.isAlone === true && invoiceId !== undefined;
      const isOverlapping = isAlone && alone.has(invoiceId);
      if (isAlone && !isOverlapping) alone.add(invoiceId);
      if (invoiceId !== undefined) calling.set(invoiceId, (calling.get(invoiceId) ?? 0) + 1);
      const life = program;
      work().then(
        (result) => {
          if (!life.isAlive()) return;
          intents.hasEnded = true;
          if (isAlone && !isOverlapping) alone.delete(invoiceId);
          if (invoiceId !== undefined) release(invoiceId);
          if (call.decision) observer.close(call.decision);
          note(`  ${what} ${invoiceId ?? ''} ${result.ok ? 'ok' : result.error.code}`);
          if (isOverlapping && (result.ok || result.error.code !== 'invoice.busy'))
            problems.push(new BrokenRule(`${what} ${invoiceId} ran beside another call for it`));
          call.ended?.(result);
        },
        (error: unknown) => {
          if (!(error instanceof CrashSignal)) problems.push(error);
        },
      );
    },
    /** After each step, when nothing is left to do at this moment. */
    settle(): void {
      if (problems.length > 0) throw problems[0];
      if (hasCrashed) {
        counts.crashes += 1;
        note('crash');
        wechat.loseSome();
        restart();
      }
      invariants.check(wechat, observer, intents);
    },
    lines: invariants.lines,
  };
}
