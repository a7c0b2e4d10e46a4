import type { Database } from 'better-sqlite3';
import { type RecordLayout, recordLayoutSchema } from '../../shared/contract/record-operations.ts';
import { createStoredValues } from './stored-values.ts';

const key = 'recordLayout';
const empty: RecordLayout = { columns: [], views: [] };

/** How the table of records was left, and the searches that were given a name. */
export function createLayoutRepository(database: Database) {
  const stored = createStoredValues(database);

  /** One that is damaged, or of another version of the program, counts as none. */
  function read(): RecordLayout {
    const parsed = recordLayoutSchema.safeParse(stored.read(key));
    return parsed.success ? parsed.data : empty;
  }

  return {
    read,
    write({ columns, views }: { [Key in keyof RecordLayout]?: RecordLayout[Key] | undefined }): RecordLayout {
      const before = read();
      const layout: RecordLayout = { columns: columns ?? before.columns, views: views ?? before.views };
      stored.write(key, layout);
      return layout;
    },
  };
}
