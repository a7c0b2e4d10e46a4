import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setUpChannel } from '../../../relay/channel-setup.ts';
import { checkPush } from '../../../relay/check-push.ts';
import { startRelay } from '../../../relay/relay-server.ts';
import { openSqliteStore } from '../../../relay/store/sqlite-store.ts';
import { appid, safePush } from '../../support/safe-push.ts';
import { oneSecret, openDesktop } from '../relay/desktop.ts';
import { messageOf, statusOf } from '../relay/pusher.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';

const shortForm = { pushes: 3000 };
const longForm = { pushes: 100_000 };
const longestSeconds = 60;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const day = 24 * 3600 * 1000;

/** A desktop that was away for three months, and what waited for it. */
async function run({ long, say }: FaultOptions): Promise<FaultResult> {
  const { pushes } = long ? longForm : shortForm;
  const folder = mkdtempSync(join(tmpdir(), 'fapiao-backlog-'));
  const store = openSqliteStore(join(folder, 'relay.db'));
  const relay = await startRelay({
    store,
    log: silent,
    port: 0,
    host: '127.0.0.1',
    limits: { perSecond: 1e6, burst: 1e6 },
  });
  const url = `http://127.0.0.1:${relay.port}`;
  const words = await setUpChannel(store, { url, forwardUrl: null, mode: 'safe' }, Date.now() - 90 * day);
  const channel = await store.findChannel(words.channel);
  if (!channel) throw new Error('the channel is gone');
  for (let from = 0; from < pushes; from += 1000) {
    const batch = Array.from({ length: Math.min(1000, pushes - from) }, (_, index) => {
      const { query, body } = safePush(words, messageOf(statusOf(from + index)));
      const checked = checkPush(channel, query, body, Date.now() - 90 * day);
      if (!checked.ok) throw new Error(checked.error);
      return store.append(checked.value);
    });
    await Promise.all(batch);
  }
  // Ninety days are over, and nobody has read it: it has to be there all the same.
  const removed = await store.prune(Date.now() - 89 * day);
  const app = openDesktop(join(folder, 'data'), oneSecret());
  try {
    const created = await app.handlers['account.create']({ name: '青禾', kind: 'wechat', appid });
    if (!created.ok) throw new Error(created.error.text.en);
    const startedAt = performance.now();
    const paired = await app.handlers['relay.pair']({
      accountId: created.value.id,
      pairingCode: words.pairingCode,
    });
    if (!paired.ok) throw new Error(paired.error.text.en);
    const newest = async () => {
      const page = await app.handlers['event.list']({ limit: 1 });
      return page.ok ? (page.value.events[0]?.id ?? 0) : 0;
    };
    while ((await newest()) < pushes && performance.now() - startedAt < 5 * longestSeconds * 1000)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const seconds = (performance.now() - startedAt) / 1000;
    const came = await newest();
    say(`${Math.round(pushes / seconds)} a second`);
    return {
      figure: `${pushes} pushes waited for 90 days, ${removed} removed, ${came} in the records after ${seconds.toFixed(1)} s`,
      ok: came === pushes && removed === 0 && (!long || seconds <= longestSeconds),
      bites: [],
    };
  } finally {
    await app.close();
    await relay.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const row: FaultRow = { id: 'W5', title: 'a desktop that was away for three months', run };
