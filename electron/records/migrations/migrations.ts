import { initialMigration } from './0001-initial.ts';
import type { Migration } from './migration.ts';

/** Every step of the schema, in order, without gaps. */
export const migrations: readonly Migration[] = [initialMigration];
