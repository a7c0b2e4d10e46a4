/** The relay in a process of its own, on a store in a file. */
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setUpChannel } from '../../relay/channel-setup.ts';
import { startRelay } from '../../relay/relay-server.ts';
import { openSqliteStore } from '../../relay/store/sqlite-store.ts';
import { answerTasks } from '../support/child.ts';
import type { RelayAnswer, RelayTask } from '../support/relay-task.ts';

setFlagsFromString('--expose-gc');
// The only way to have it without a flag on the command line.
const collect = runInNewContext('gc') as () => void;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
let answer: RelayAnswer = { pushUrl: '', url: '', token: '', encodingAesKey: '', pairingCode: '', rss: 0 };

answerTasks<RelayTask, RelayAnswer>(async (task) => {
  if (task.kind === 'start') {
    const store = openSqliteStore(join(task.folder, 'relay.db'));
    const limits = { perSecond: 1e9, burst: 1e9 };
    const { port } = await startRelay({ store, log: silent, port: 0, host: '127.0.0.1', limits });
    const url = `http://127.0.0.1:${port}`;
    const words = await setUpChannel(store, { url, forwardUrl: null, mode: 'safe' }, Date.now());
    answer = { ...words, url, rss: 0 };
  }
  collect();
  return { ...answer, rss: process.memoryUsage().rss };
});
