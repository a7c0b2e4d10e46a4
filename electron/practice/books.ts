import { type Blobs, createFolderBlobs, createMemoryBlobs } from './blobs.ts';
import { type BooksFile, openBooksFile, type StoredTables } from './books-file.ts';
import type { CardRecord, OrderRecord, PdfRecord, PracticeApp, TemplateRecord } from './practice-types.ts';

interface Table<Row> {
  get(key: string): Row | undefined;
  has(key: string): boolean;
  put(key: string, row: Row): void;
  delete(key: string): void;
  values(): Iterable<Row>;
  readonly size: number;
}

export interface TokenRecord {
  readonly token: string;
  readonly appid: string;
  readonly kind: 'plain' | 'stable';
  readonly issuedAt: number;
  /** Milliseconds; from then on 42001. */
  readonly expiresAt: number;
  /** Milliseconds; from then on 40001, because a newer one took its place. */
  readonly replacedAt: number | null;
}

interface ImageRecord {
  readonly path: string;
  readonly sha256: string;
  readonly contentType: string;
}

const tableNames = [
  'apps',
  'tokens',
  'templates',
  'pdfs',
  'cards',
  'orders',
  'orderCards',
  'numbers',
  'images',
  'attributes',
  'meta',
] as const;
type TableName = (typeof tableNames)[number];

/**
 * Everything the practice server remembers. Changes are synchronous; `settle` is fulfilled when they are on the disk.
 * All changes of one synchronous stretch become durable together or not at all.
 */
export interface Books {
  readonly apps: Table<PracticeApp>;
  readonly tokens: Table<TokenRecord>;
  readonly templates: Table<TemplateRecord>;
  readonly pdfs: Table<PdfRecord>;
  readonly cards: Table<CardRecord>;
  readonly orders: Table<OrderRecord>;
  /** orderKey → card code. */
  readonly orderCards: Table<string>;
  /** billing_code/billing_no → card code. */
  readonly numbers: Table<string>;
  readonly images: Table<ImageRecord>;
  /** `<appid> <attribute>` → what setbizattr was given. */
  readonly attributes: Table<Readonly<Record<string, unknown>>>;
  readonly meta: Table<unknown>;
  readonly blobs: Blobs;
  settle(): Promise<void>;
  /** Empties every table but the named ones. */
  clear(keep: readonly TableName[]): Promise<void>;
  close(): Promise<void>;
}

export function orderKey(appid: string, orderId: string): string {
  return `${appid}\n${orderId}`;
}

function createTable<Row>(name: TableName, maps: Map<TableName, Map<string, unknown>>, file: BooksFile | undefined) {
  // The rows were written by this same table, so they have its type.
  const rows = new Map(Object.entries(file?.tables[name] ?? {})) as Map<string, Row>;
  maps.set(name, rows);
  const table: Table<Row> = {
    get: (key) => rows.get(key),
    has: (key) => rows.has(key),
    put: (key, row) => {
      rows.set(key, row);
      file?.append([name, key, row]);
    },
    delete: (key) => {
      if (rows.delete(key)) file?.append([name, key, null]);
    },
    values: () => rows.values(),
    get size() {
      return rows.size;
    },
  };
  return table;
}

/** @param path absent: memory only */
export async function openBooks(path: string | undefined): Promise<Books> {
  const file = path === undefined ? undefined : await openBooksFile(path);
  const blobs = path === undefined ? createMemoryBlobs() : createFolderBlobs(`${path}.files`);
  const maps = new Map<TableName, Map<string, unknown>>();
  const table = <Row>(name: TableName) => createTable<Row>(name, maps, file);
  const snapshot = (): StoredTables =>
    Object.fromEntries([...maps].map(([name, rows]) => [name, Object.fromEntries(rows)]));
  const nothing = Promise.resolve();
  return {
    apps: table('apps'),
    tokens: table('tokens'),
    templates: table('templates'),
    pdfs: table('pdfs'),
    cards: table('cards'),
    orders: table('orders'),
    orderCards: table('orderCards'),
    numbers: table('numbers'),
    images: table('images'),
    attributes: table('attributes'),
    meta: table('meta'),
    blobs,
    settle: () => file?.settle() ?? nothing,
    clear: async (keep) => {
      for (const [name, rows] of maps) if (!keep.includes(name)) rows.clear();
      await blobs.clear();
      await file?.rewrite(snapshot);
    },
    close: async () => {
      await file?.rewrite(snapshot);
      await file?.close();
    },
  };
}
