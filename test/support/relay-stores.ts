import { afterAll, beforeAll } from 'vitest';
import { openStore } from '../../relay/open-store.ts';
import { startRedis, type TestRedis } from './redis-server.ts';
import { type RelayStageOptions, startRelayStage } from './relay-stage.ts';

export const storeKinds = ['sqlite', 'redis'] as const;
export type StoreKind = (typeof storeKinds)[number];

/** Starts relays on a store of this kind, for the tests of the group that it is called in. */
export function relaysOn(kind: StoreKind): (options?: RelayStageOptions) => ReturnType<typeof startRelayStage> {
  if (kind === 'sqlite') return startRelayStage;
  let redis: TestRedis | undefined;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.stop());
  return async (options = {}) => startRelayStage({ ...options, store: await openStore(redis?.url ?? '') });
}
