import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { isReportHeader, normaliseHeader } from '../../shared/table/columns.ts';

type Columns = readonly (string | null)[];

const profilesSchema = z.array(z.strictObject({ shape: z.string(), columns: z.array(z.string().nullable()) }));

/** Enough for every program a shop exports from; the one used longest ago is forgotten. */
const mostProfiles = 50;

/** Positions of a header's own columns: those that a report added behind do not change a file's shape. */
const ownColumns = (header: readonly string[]): number[] =>
  [...header.keys()].filter((index) => !isReportHeader(header[index] ?? ''));

const shapeOf = (header: readonly string[]): string =>
  JSON.stringify(ownColumns(header).map((index) => normaliseHeader(header[index] ?? '')));

function parseStored(value: string | undefined): unknown {
  try {
    return JSON.parse(value ?? '[]');
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** What people said that columns mean, by the shape of the file: its headers in their order. */
export function createTableProfileRepository(database: Database) {
  const select = database.prepare<[], string>(`SELECT value FROM setting WHERE key = 'tableProfiles'`).pluck();
  const upsert = database.prepare<[string]>(
    `INSERT INTO setting (key, value) VALUES ('tableProfiles', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );

  /** What cannot be understood counts as not there. */
  function readAll() {
    const parsed = profilesSchema.safeParse(parseStored(select.get()));
    return parsed.success ? parsed.data : [];
  }

  return {
    find(header: readonly string[]): Columns | undefined {
      const shape = shapeOf(header);
      const profile = readAll().find((one) => one.shape === shape);
      if (!profile) return undefined;
      const own = ownColumns(header);
      return header.map((_, index) => {
        const place = own.indexOf(index);
        return place < 0 ? 'ignored' : (profile.columns[place] ?? null);
      });
    },
    remember(header: readonly string[], columns: Columns): void {
      const shape = shapeOf(header);
      const profile = { shape, columns: ownColumns(header).map((index) => columns[index] ?? null) };
      const others = readAll().filter((one) => one.shape !== shape);
      upsert.run(JSON.stringify([profile, ...others].slice(0, mostProfiles)));
    },
  };
}
