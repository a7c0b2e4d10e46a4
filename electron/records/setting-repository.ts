import type { Database } from 'better-sqlite3';
import { type Settings, settingsSchema } from '../../shared/contract/app-operations.ts';

const defaults: Settings = { language: 'zh-CN', theme: 'system', currentAccountId: null };

function parseStored(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function createSettingRepository(database: Database) {
  // What lies on a desk is large, and no setting of the program.
  const selectAll = database.prepare<[], { key: string; value: string }>(
    `SELECT key, value FROM setting WHERE key NOT GLOB 'desk.*'`,
  );
  const upsert = database.prepare(
    'INSERT INTO setting (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );

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
          for (const [key, value] of Object.entries(changes))
            if (value !== undefined) upsert.run({ key, value: JSON.stringify(value) });
        })
        .immediate();
      return read();
    },
  };
}
