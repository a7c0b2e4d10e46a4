import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A push as it arrived, in the shape `push.receive` takes. */
export interface ReceivedPush {
  readonly body: string;
  readonly query: {
    readonly signature: string;
    readonly timestamp: string;
    readonly nonce: string;
    readonly msgSignature: string;
  };
}

/** The public address of a shop, which WeChat pushes to; answers `success` and keeps what came. */
export async function startPushReceiver() {
  const received: ReceivedPush[] = [];
  const server = createServer((incoming, outgoing) => {
    void text(incoming).then((body) => {
      const query = new URL(incoming.url ?? '/', 'http://receiver').searchParams;
      const part = (name: string) => query.get(name) ?? '';
      received.push({
        body,
        query: {
          signature: part('signature'),
          timestamp: part('timestamp'),
          nonce: part('nonce'),
          msgSignature: part('msg_signature'),
        },
      });
      outgoing.end('success');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the receiver has no port');
  return {
    url: `http://127.0.0.1:${address.port}/wechat`,
    received,
    /** The push that came last. */
    last(): ReceivedPush {
      const push = received.at(-1);
      if (!push) throw new Error('no push came');
      return push;
    },
  };
}
