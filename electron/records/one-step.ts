import type { Database } from 'better-sqlite3';

/**
 * Runs a step of several writes as one durable transaction, or as a part of the one that is open. Never around an await.
 * Made once a user: better-sqlite3 makes four functions with five properties each out of every step it is given.
 */
export function createOneStep(database: Database): <Value>(step: () => Value) => Value {
  const transaction = database.transaction((step: () => unknown) => step());
  return <Value>(step: () => Value) => transaction.immediate(step) as Value; // what step() gives
}
