import { openSqliteStore } from './store/sqlite-store.ts';
import type { RelayStore } from './store/store.ts';

/**
 * Opens the store of an address: `sqlite:PATH` for one relay, `redis://…` or `rediss://…` for several behind a balancer.
 * @throws Error with a sentence for whoever runs the relay
 */
export async function openStore(address: string): Promise<RelayStore> {
  if (address.startsWith('sqlite:')) return openSqliteStore(address.slice('sqlite:'.length));
  if (/^rediss?:\/\//.test(address)) {
    // Its client is large, and most relays do without.
    const { openRedisStore } = await import('./store/redis-store.ts');
    return openRedisStore(address);
  }
  throw new Error(`the store has to be sqlite:PATH or redis://HOST, not ${address.split(':')[0]}:…`);
}
