import type { Database } from 'better-sqlite3';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { RelayedPush } from '../../shared/relay/relay-wire.ts';

/** An account's relay as it is stored: everything but its keys. */
export interface StoredRelay {
  readonly accountId: number;
  readonly relayUrl: string;
  readonly channel: string;
  /** Up to where its pushes are in the records; empty: from the beginning. */
  readonly cursor: string;
  /** Whether the account's calls to WeChat go through it. */
  readonly carriesCalls: boolean;
  readonly pairedAt: string;
  readonly lastEventAt: string | null;
  readonly resetAt: string | null;
}

export interface StoredUnreadPush {
  readonly id: number;
  readonly accountId: number;
  readonly receivedAt: string;
  readonly query: RelayedPush['query'];
  readonly body: string;
  readonly reason: AppError;
}

interface UnreadRow extends Omit<StoredUnreadPush, 'query' | 'reason'> {
  readonly query: string;
  readonly reason: string;
}

const relayColumns = `account_id AS accountId, relay_url AS relayUrl, channel, cursor, carries_calls AS carriesCalls, paired_at AS pairedAt,
  last_event_at AS lastEventAt, reset_at AS resetAt`;
const unreadColumns = 'id, account_id AS accountId, received_at AS receivedAt, query, body, reason';

interface RelayRow extends Omit<StoredRelay, 'carriesCalls'> {
  readonly carriesCalls: 0 | 1;
}

const toRelay = (row: RelayRow): StoredRelay => ({ ...row, carriesCalls: row.carriesCalls === 1 });

// Both columns are written by keepUnread only.
const toUnread = (row: UnreadRow): StoredUnreadPush => ({
  ...row,
  query: JSON.parse(row.query) as RelayedPush['query'],
  reason: JSON.parse(row.reason) as AppError,
});

export function createRelayRepository(database: Database) {
  const selectAll = database.prepare<[], RelayRow>(`SELECT ${relayColumns} FROM relay ORDER BY account_id`);
  const selectOne = database.prepare<[number], RelayRow>(`SELECT ${relayColumns} FROM relay WHERE account_id = ?`);
  // Where the channel stays the same, so does the place that was reached.
  const save = database.prepare<[Record<string, string | number>]>(
    `INSERT INTO relay (account_id, relay_url, channel, paired_at) VALUES (:accountId, :relayUrl, :channel, :pairedAt)
     ON CONFLICT (account_id) DO UPDATE SET
       cursor = CASE WHEN channel = :channel THEN cursor ELSE '' END,
       reset_at = CASE WHEN channel = :channel THEN reset_at ELSE NULL END,
       relay_url = :relayUrl, channel = :channel, paired_at = :pairedAt`,
  );
  const route = database.prepare<[number, number]>('UPDATE relay SET carries_calls = ? WHERE account_id = ?');
  const remove = database.prepare<[number]>('DELETE FROM relay WHERE account_id = ?');
  const advance = database.prepare<[Record<string, string | number>]>(
    'UPDATE relay SET cursor = :cursor, last_event_at = :at WHERE account_id = :accountId',
  );
  const startOver = database.prepare<[Record<string, string | number>]>(
    "UPDATE relay SET cursor = '', reset_at = :at WHERE account_id = :accountId",
  );
  const keep = database.prepare<[Record<string, string | number>]>(
    `INSERT INTO unread_push (account_id, digest, received_at, query, body, reason)
     VALUES (:accountId, :digest, :receivedAt, :query, :body, :reason) ON CONFLICT (account_id, digest) DO NOTHING`,
  );
  const selectUnread = database.prepare<[Record<string, number | null>], UnreadRow>(
    `SELECT ${unreadColumns} FROM unread_push WHERE (:accountId IS NULL OR account_id = :accountId)
       AND id > :afterId ORDER BY id LIMIT :limit`,
  );
  const countUnread = database
    .prepare<[number], number>('SELECT count(*) FROM unread_push WHERE account_id = ?')
    .pluck();
  const removeUnread = database.prepare<[number]>('DELETE FROM unread_push WHERE id = ?');
  return {
    list: (): StoredRelay[] => selectAll.all().map(toRelay),
    find(accountId: number): StoredRelay | undefined {
      const row = selectOne.get(accountId);
      return row && toRelay(row);
    },
    /** Gives an account this relay in place of the one it has. */
    save(relay: Pick<StoredRelay, 'accountId' | 'relayUrl' | 'channel' | 'pairedAt'>): void {
      save.run(relay);
    },
    setCarriesCalls(accountId: number, carriesCalls: boolean): void {
      route.run(carriesCalls ? 1 : 0, accountId);
    },
    remove(accountId: number): void {
      remove.run(accountId);
    },
    /** In the transaction that stores the pushes up to there. */
    advance(accountId: number, cursor: string, at: string): void {
      advance.run({ accountId, cursor, at });
    },
    /** After the relay turned out to have another memory than it had: everything it has is read again. */
    startOver(accountId: number, at: string): void {
      startOver.run({ accountId, at });
    },
    /** Keeps a push that could not be decoded; the same one once. */
    keepUnread(push: Omit<StoredUnreadPush, 'id'> & { readonly digest: string }): void {
      const { query, reason, ...rest } = push;
      keep.run({ ...rest, query: JSON.stringify(query), reason: JSON.stringify(reason) });
    },
    /** Oldest first. */
    listUnread: (accountId: number | undefined, limit: number, afterId = 0): StoredUnreadPush[] =>
      selectUnread.all({ accountId: accountId ?? null, afterId, limit }).map(toUnread),
    countUnread: (accountId: number): number => countUnread.get(accountId) ?? 0,
    removeUnread(id: number): void {
      removeUnread.run(id);
    },
  };
}
