import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import type { Channel, CheckedPush, Device, RelayStore, StoredPush } from './store.ts';

const schema = `
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS channel (
  id TEXT PRIMARY KEY,
  token TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('safe', 'plain')),
  forward_url TEXT -- NULL: requests end here
) STRICT;
CREATE TABLE IF NOT EXISTS push (
  position INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice, however much is removed
  channel TEXT NOT NULL REFERENCES channel (id),
  digest TEXT NOT NULL,
  mark TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  signature TEXT NOT NULL,
  timestamp TEXT NOT NULL,
  nonce TEXT NOT NULL,
  msg_signature TEXT NOT NULL,
  body TEXT NOT NULL,
  stale INTEGER NOT NULL CHECK (stale IN (0, 1)),
  UNIQUE (channel, digest)
) STRICT;
CREATE INDEX IF NOT EXISTS push_of_channel ON push (channel, position);
CREATE TABLE IF NOT EXISTS device (
  id TEXT PRIMARY KEY,
  channel TEXT NOT NULL REFERENCES channel (id),
  key_hash TEXT NOT NULL UNIQUE,
  next_key_hash TEXT UNIQUE, -- NULL: no other key was offered
  acknowledged INTEGER NOT NULL DEFAULT 0,
  seen_at INTEGER NOT NULL
) STRICT;
`;

interface PushRow {
  readonly position: number;
  readonly channel: string;
  readonly digest: string;
  readonly mark: string;
  readonly received_at: number;
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly msg_signature: string;
  readonly body: string;
  readonly stale: 0 | 1;
}

interface ChannelRow {
  readonly id: string;
  readonly token: string;
  readonly mode: Channel['mode'];
  readonly forward_url: string | null;
}

function toPush(row: PushRow): StoredPush {
  const { signature, timestamp, nonce } = row;
  return {
    position: String(row.position),
    check: row.mark,
    channel: row.channel,
    digest: row.digest,
    receivedAt: row.received_at,
    query: { signature, timestamp, nonce, msgSignature: row.msg_signature },
    body: row.body,
    stale: row.stale === 1,
  };
}

const toChannel = ({ id, token, mode, forward_url }: ChannelRow): Channel => ({
  id,
  token,
  mode,
  forwardUrl: forward_url,
});

function openDatabase(path: string): Database {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const database = new BetterSqlite3(path);
  database.pragma('journal_mode = WAL');
  // WAL's own default, NORMAL, loses what was acknowledged at a power cut.
  database.pragma('synchronous = FULL');
  if (process.platform === 'darwin') database.pragma('fullfsync = 1');
  database.pragma('foreign_keys = ON');
  database.pragma('busy_timeout = 5000');
  if (database.pragma('synchronous', { simple: true }) !== 2) throw new Error('PRAGMA synchronous is not FULL');
  database.exec(schema);
  database
    .prepare("INSERT INTO meta (key, value) VALUES ('epoch', ?) ON CONFLICT DO NOTHING")
    .run(randomBytes(9).toString('base64url'));
  return database;
}

interface Waiting {
  readonly push: CheckedPush;
  readonly resolve: (isNew: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/** Pushes that came in together share one wait for the disk: each is answered once that is over. */
function createAppender(database: Database, heard: (channel: string) => void) {
  const insert = database.prepare<[Record<string, string | number>]>(
    `INSERT INTO push (channel, digest, mark, received_at, signature, timestamp, nonce, msg_signature, body, stale)
     VALUES (:channel, :digest, :mark, :receivedAt, :signature, :timestamp, :nonce, :msgSignature, :body, :stale)
     ON CONFLICT (channel, digest) DO NOTHING`,
  );
  const insertAll = database.transaction((pushes: readonly CheckedPush[]) =>
    pushes.map(({ query, stale, ...rest }) => {
      const mark = randomBytes(6).toString('base64url');
      return insert.run({ ...rest, ...query, stale: stale ? 1 : 0, mark }).changes === 1;
    }),
  );
  let waiting: Waiting[] = [];
  const write = () => {
    const taken = waiting;
    waiting = [];
    try {
      const fresh = insertAll.immediate(taken.map(({ push }) => push));
      for (const [index, { resolve }] of taken.entries()) resolve(fresh[index] === true);
    } catch (error) {
      for (const { reject } of taken) reject(error);
      return;
    }
    for (const channel of new Set(taken.map(({ push }) => push.channel))) heard(channel);
  };
  return {
    append: (push: CheckedPush) =>
      new Promise<boolean>((resolve, reject) => {
        if (waiting.length === 0) setImmediate(write);
        waiting.push({ push, resolve, reject });
      }),
    /** Writes what waits; afterwards nothing does. */
    write: () => {
      if (waiting.length > 0) write();
    },
  };
}

function createDevices(database: Database) {
  const insert = database.prepare<[string, string, string, number]>(
    'INSERT INTO device (id, channel, key_hash, seen_at) VALUES (?, ?, ?, ?)',
  );
  const selectByKey = database.prepare<[string], Device>('SELECT id, channel FROM device WHERE key_hash = ?');
  const takeOver = database.prepare<[Record<string, string>], Device>(
    `UPDATE device SET key_hash = :keyHash, next_key_hash = NULL WHERE next_key_hash = :keyHash
     RETURNING id, channel`,
  );
  const offer = database.prepare<[string, string]>('UPDATE device SET next_key_hash = ? WHERE id = ?');
  const select = database.prepare<[string], Device & { seenAt: number }>(
    'SELECT id, channel, seen_at AS seenAt FROM device WHERE channel = ? ORDER BY id',
  );
  const remove = database.prepare<[string]>('DELETE FROM device WHERE id = ?');
  const acknowledge = database.prepare<[Record<string, string | number>]>(
    'UPDATE device SET acknowledged = max(acknowledged, :position), seen_at = :at WHERE id = :id',
  );
  return {
    async addDevice({ id, channel }: Device, keyHash: string, at: number) {
      insert.run(id, channel, keyHash, at);
    },
    findDevice: async (keyHash: string) => selectByKey.get(keyHash) ?? takeOver.get({ keyHash }),
    async offerKey(deviceId: string, keyHash: string) {
      offer.run(keyHash, deviceId);
    },
    listDevices: async (channel: string) => select.all(channel),
    forgetDevice: async (deviceId: string) => remove.run(deviceId).changes === 1,
    async acknowledge(id: string, position: string, at: number) {
      acknowledge.run({ id, position: Number(position), at });
    },
  };
}

/**
 * The store of a relay that runs alone: one file.
 * @param path of the file, or `:memory:`
 * @throws SqliteError where the file cannot be opened or is none of SQLite's
 */
export function openSqliteStore(path: string): RelayStore {
  const database = openDatabase(path);
  const listeners = new Set<(channel: string) => void>();
  const appender = createAppender(database, (channel) => {
    for (const heard of listeners) heard(channel);
  });
  const epoch = String(database.prepare("SELECT value FROM meta WHERE key = 'epoch'").pluck().get());
  const selectPushes = database.prepare<[string, number, number], PushRow>(
    'SELECT * FROM push WHERE channel = ? AND position > ? ORDER BY position LIMIT ?',
  );
  const selectMark = database
    .prepare<[string, number], string>('SELECT mark FROM push WHERE channel = ? AND position = ?')
    .pluck();
  const selectChannel = database.prepare<[string], ChannelRow>('SELECT * FROM channel WHERE id = ?');
  const selectChannels = database.prepare<[], ChannelRow>('SELECT * FROM channel ORDER BY id');
  const saveChannel = database.prepare<[Channel]>(
    `INSERT INTO channel (id, token, mode, forward_url) VALUES (:id, :token, :mode, :forwardUrl)
     ON CONFLICT (id) DO UPDATE SET token = :token, mode = :mode, forward_url = :forwardUrl`,
  );
  const removeOld = database.prepare<[number]>(
    `DELETE FROM push WHERE received_at < ? AND position < coalesce(
       (SELECT min(acknowledged) FROM device WHERE device.channel = push.channel), 9223372036854775807)`,
  );
  return {
    epoch,
    append: appender.append,
    read: async (channel, after, limit) => selectPushes.all(channel, Number(after ?? 0), limit).map(toPush),
    knows: async (channel, position, check) => selectMark.get(channel, Number(position)) === check,
    async findChannel(id) {
      const row = selectChannel.get(id);
      return row && toChannel(row);
    },
    async saveChannel(channel) {
      saveChannel.run(channel);
    },
    listChannels: async () => selectChannels.all().map(toChannel),
    ...createDevices(database),
    prune: async (before) => removeOld.run(before).changes,
    listen(heard) {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    async close() {
      appender.write();
      database.close();
    },
  };
}
