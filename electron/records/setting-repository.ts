import type { Database } from 'better-sqlite3';
import { type Settings, settingsSchema } from '../../shared/contract/app-operations.ts';
import { createStoredValues, parseStored } from './stored-values.ts';

const defaults: Settings = { language: 'zh-CN', theme: 'system', currentAccountId: null };

export function createSettingRepository(database: Database) {
  // What lies on a desk is large, and no setting of the program.
  const selectAll = database.prepare<[], { key: string; value: string }>(
    `SELECT key, value FROM setting WHERE key NOT GLOB 'desk.*'`,
  );
  const stored = createStoredValues(database);

  /** A value that is damaged, or of another version of the program, counts as not set; the others stay. */
  function read(): Settings {
    let settings = defaults;
    for (const { key, value } of selectAll.all()) {
      const parsed = settingsSchema.safeParse({ ...settings, [key]: parseStored(value) });
      if (parsed.success) settings = parsed.data;
    }
    return settings;
  }

  return {
    read,
    write(changes: { readonly [Key in keyof Settings]?: Settings[Key] | undefined }): Settings {
      database
        .transaction(() => {
          for (const [key, value] of Object.entries(changes)) if (value !== undefined) stored.write(key, value);
        })
        .immediate();
      return read();
    },
  };
}
