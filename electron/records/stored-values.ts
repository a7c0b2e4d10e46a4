import type { Database } from 'better-sqlite3';

/** A stored value; undefined where it is none, or no JSON. */
export function parseStored(value: string | undefined): unknown {
  try {
    return value === undefined ? undefined : JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Values of the program's own by their keys, each as JSON; whoever reads one has to check its shape. */
export function createStoredValues(database: Database) {
  const select = database.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  const upsert = database.prepare<[string, string]>(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  return {
    read: (key: string): unknown => parseStored(select.get(key)),
    write(key: string, value: unknown): void {
      upsert.run(key, JSON.stringify(value));
    },
  };
}
