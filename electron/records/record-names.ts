import type { Database } from 'better-sqlite3';

type Named = [id: number, name: string];

/** The names under which records show their accounts and templates. */
export function readRecordNames(database: Database) {
  const accounts = database.prepare<[], Named>('SELECT id, name FROM account').raw();
  const templates = database.prepare<[], Named>(`SELECT id, payee || ' ' || type FROM template`).raw();
  return { accounts: new Map(accounts.all()), templates: new Map(templates.all()) };
}

export type RecordNames = ReturnType<typeof readRecordNames>;
