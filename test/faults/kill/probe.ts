import { writeSync } from 'node:fs';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import type { Task } from './task.ts';

type Work = (...args: unknown[]) => unknown;
type Named = Readonly<Record<'state' | 'next', string>>;
type Variant = 'default' | 'deferred' | 'immediate' | 'exclusive';

/**
 * Watches the program from below, where SQLite and JSON are, so that the program itself needs no places to be watched
 * from. Steps it knows: `before|after draft>prepared commit` and so on for every move of an invoice, `before|after batch
 * finished`, `answer before parse`; whoever holds it adds others.
 */
export function installProbe() {
  let steps: number | undefined;
  let killAt: Task['killAt'];
  let seen = new Map<string, number>();
  let lastMove = '';

  function note(line: string): void {
    if (steps !== undefined) writeSync(steps, `${line}\n`);
  }

  function die(): void {
    process.kill(process.pid, 'SIGKILL');
    // Nothing may happen between the signal and the end.
    for (;;);
  }

  function reach(step: string): void {
    note(step);
    const times = (seen.get(step) ?? 0) + 1;
    seen.set(step, times);
    if (killAt?.step !== step || killAt.occurrence !== times) return;
    if (killAt.delayMs === undefined) die();
    else setTimeout(die, killAt.delayMs);
  }

  watchStatements(reach, (move) => {
    lastMove = move;
  });
  watchWriterLock(note);
  watchAnswers(reach);

  return {
    begin(task: Task, stepsDescriptor: number): void {
      steps = stepsDescriptor;
      killAt = task.killAt;
      seen = new Map();
      lastMove = '';
    },
    reach,
    /** The last move of an invoice that was committed. */
    lastMove: () => lastMove,
  };
}

/** Follows moves of invoices through their transactions, nested ones inside the outermost. */
function watchStatements(reach: (step: string) => void, committed: (move: string) => void): void {
  const { prepare, transaction } = BetterSqlite3.prototype;
  const depths = new WeakMap<Database, number>();
  const moves = new WeakMap<Database, string[]>();

  function prepareWatched(this: Database, sql: string) {
    const statement = prepare.call(this, sql);
    // The repositories give their parameters by name, in one object.
    const run = statement.run.bind(statement) as (params: Named) => unknown;
    if (sql.trimStart().startsWith('UPDATE invoice SET state = :next'))
      return Object.assign(statement, {
        run: (params: Named) => {
          moves.get(this)?.push(`${params.state}>${params.next}`);
          return run(params);
        },
      });
    if (!sql.startsWith('UPDATE batch SET state = :state')) return statement;
    return Object.assign(statement, {
      run: (params: Named) => {
        reach(`before batch ${params.state}`);
        const result = run(params);
        reach(`after batch ${params.state}`);
        return result;
      },
    });
  }

  function watchedTransaction(this: Database, work: Work) {
    const isOutermost = () => (depths.get(this) ?? 0) === 1;
    const inner = transaction.call(this, (...args: unknown[]) => {
      const value = work(...args);
      if (isOutermost()) for (const move of moves.get(this) ?? []) reach(`before ${move} commit`);
      return value;
    });
    const watched =
      (run: Work): Work =>
      (...args) => {
        const depth = depths.get(this) ?? 0;
        depths.set(this, depth + 1);
        if (depth === 0) moves.set(this, []);
        try {
          const value = run(...args);
          if (depth === 0)
            for (const move of moves.get(this) ?? []) {
              committed(move);
              reach(`after ${move} commit`);
            }
          return value;
        } finally {
          depths.set(this, depth);
        }
      };
    const variants = (['default', 'deferred', 'immediate', 'exclusive'] satisfies Variant[]).map(
      (name) => [name, watched(inner[name])] as const,
    );
    return Object.assign(watched(inner), Object.fromEntries(variants));
  }

  Object.assign(BetterSqlite3.prototype, { prepare: prepareWatched, transaction: watchedTransaction });
}

/** Writes down when the writer's lock was certainly held: after it was taken, before it is let go. */
function watchWriterLock(note: (line: string) => void): void {
  const { exec, close } = BetterSqlite3.prototype;
  const locks = new WeakSet<Database>();
  BetterSqlite3.prototype.exec = function (this: Database, sql: string) {
    const result = exec.call(this, sql);
    if (sql === 'BEGIN EXCLUSIVE' && this.name.endsWith('writer.lock')) {
      locks.add(this);
      note(`lock ${process.hrtime.bigint()}`);
    }
    return result;
  };
  BetterSqlite3.prototype.close = function (this: Database) {
    if (locks.delete(this)) note(`unlock ${process.hrtime.bigint()}`);
    return close.call(this);
  };
}

/** An answer to insert is the only JSON with these fields that the program parses. */
function watchAnswers(reach: (step: string) => void): void {
  const { parse } = JSON;
  JSON.parse = (text, reviver) => {
    if (text.includes('"errcode":0') && text.includes('"openid":')) reach('answer before parse');
    return parse(text, reviver);
  };
}
