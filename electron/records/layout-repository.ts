import type { Database } from 'better-sqlite3';
import { type RecordLayout, recordLayoutSchema } from '../../shared/contract/record-operations.ts';

const key = 'recordLayout';
const empty: RecordLayout = { columns: [], views: [] };

function parseStored(value: string | undefined): unknown {
  try {
    return value === undefined ? undefined : JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** How the table of records was left, and the searches that were given a name. */
export function createLayoutRepository(database: Database) {
  const select = database.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  const upsert = database.prepare(
    'INSERT INTO setting (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );

  /** One that is damaged, or of another version of the program, counts as none. */
  function read(): RecordLayout {
    const parsed = recordLayoutSchema.safeParse(parseStored(select.get(key)));
    return parsed.success ? parsed.data : empty;
  }

  return {
    read,
    write({ columns, views }: { [Key in keyof RecordLayout]?: RecordLayout[Key] | undefined }): RecordLayout {
      const before = read();
      const layout: RecordLayout = { columns: columns ?? before.columns, views: views ?? before.views };
      upsert.run({ key, value: JSON.stringify(layout) });
      return layout;
    },
  };
}
