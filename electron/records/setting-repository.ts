import type { Database } from 'better-sqlite3';
import { type Settings, settingsSchema } from '../../shared/contract/app-operations.ts';

const defaults: Settings = { language: 'zh-CN', theme: 'system', currentAccountId: null };

export type SettingRepository = ReturnType<typeof createSettingRepository>;

export function createSettingRepository(database: Database) {
  const selectAll = database.prepare<[], { key: string; value: string }>('SELECT key, value FROM setting');
  const upsert = database.prepare(
    'INSERT INTO setting (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );

  function read(): Settings {
    const stored = Object.fromEntries(selectAll.all().map(({ key, value }) => [key, JSON.parse(value) as unknown]));
    const parsed = settingsSchema.safeParse({ ...defaults, ...stored });
    return parsed.success ? parsed.data : defaults;
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
