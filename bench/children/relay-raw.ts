/** The plainest server there is: it takes a body and answers `success`, and stores nothing. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { answerTasks } from '../support/child.ts';
import type { RelayAnswer, RelayTask } from '../support/relay-task.ts';

const server = createServer((incoming, outgoing) => {
  incoming.resume();
  incoming.on('end', () => outgoing.end('success'));
});

answerTasks<RelayTask, RelayAnswer>(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  const url = `http://127.0.0.1:${address.port}`;
  return { pushUrl: `${url}/wechat/x`, url, token: '', encodingAesKey: '', pairingCode: '', rss: 0 };
});
