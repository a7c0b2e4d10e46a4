import { join } from 'node:path';
import { setUpChannel } from '../../relay/channel-setup.ts';
import { startRelay } from '../../relay/relay-server.ts';
import { openSqliteStore } from '../../relay/store/sqlite-store.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A relay with a channel, as a merchant deploys it, on this computer. */
export async function openRelay(folder: string) {
  const store = openSqliteStore(join(folder, 'relay', 'relay.db'));
  const relay = await startRelay({ store, log: silent, port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${relay.port}`;
  const words = await setUpChannel(store, { url, forwardUrl: null, mode: 'safe' }, Date.now());
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= relay.close().then(() => store.close());
    return closing;
  };
  return { words, url, close };
}
