import BetterSqlite3 from 'better-sqlite3';

export type DatabaseDump = Readonly<Record<string, readonly unknown[]>>;

/** Every row of every table of a database file, by table; `except` names tables that are left out. */
export function dumpDatabase(path: string, except: readonly string[] = []): DatabaseDump {
  const database = new BetterSqlite3(path, { readonly: true });
  try {
    const tables = database
      .prepare<[], string>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
      )
      .pluck()
      .all()
      .filter((name) => !except.includes(name));
    return Object.fromEntries(tables.map((name) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]));
  } finally {
    database.close();
  }
}

/** A dump without the doubt into which a restore puts what its backup shows as not sent. */
export function withoutDoubt({ invoice = [], ...others }: DatabaseDump): DatabaseDump {
  return { ...others, invoice: invoice.map((row) => Object.assign({}, row, { doubted_at: null })) };
}
