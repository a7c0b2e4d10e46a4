import { initialMigration } from './0001-initial.ts';
import { doubtAndCancelMigration } from './0002-doubt-and-cancel.ts';
import { importMigration } from './0003-import.ts';
import { desktopMigration } from './0004-desktop.ts';
import { searchMigration } from './0005-search.ts';
import { relayMigration } from './0006-relay.ts';
import { ordersMigration } from './0007-orders.ts';
import type { Migration } from './migration.ts';

/** Every step of the schema, in order, without gaps. */
export const migrations: readonly Migration[] = [
  initialMigration,
  doubtAndCancelMigration,
  importMigration,
  desktopMigration,
  searchMigration,
  relayMigration,
  ordersMigration,
];
