import type { Database } from 'better-sqlite3';

/**
 * Runs a step of several writes as one durable transaction, or as a part of the one that is open. Never around an await.
 * Also around a single `RETURNING`: by itself it gives its row before it is committed, and better-sqlite3 does not tell when
 * that fails, as on a full disk.
 * Made once a user: better-sqlite3 makes four functions with five properties each out of every step it is given.
 */
export function createOneStep(database: Database): <Value>(step: () => Value) => Value {
  const transaction = database.transaction((step: () => unknown) => step());
  return <Value>(step: () => Value) => transaction.immediate(step) as Value; // what step() gives
}

/**
 * As {@link createOneStep}, without waiting for the disk: a power cut may take the step back, as long as no durable one
 * has followed. An end of the program takes nothing back. For slices of work that is done again, or thrown away, until a
 * durable step says that it is whole.
 */
export function createLooseStep(
  database: Database,
  inOneStep: ReturnType<typeof createOneStep>,
): ReturnType<typeof createOneStep> {
  return (step) => {
    if (database.inTransaction) throw new Error('a loose step inside of a transaction would loosen that');
    database.pragma('synchronous = NORMAL');
    try {
      return inOneStep(step);
    } finally {
      database.pragma('synchronous = FULL');
    }
  };
}
