import { connect as connectTls } from 'node:tls';
import type { buildConnector } from 'undici';
import { createWebSocketStream, WebSocket } from 'ws';

/** A relay that carries bytes to WeChat's API. */
export interface Tunnel {
  /** Of the relay, without a slash at its end. */
  readonly url: string;
  /** By which the relay knows this computer. */
  readonly key: string;
  /** Certificates to trust besides the system's, in PEM: for tests. */
  readonly ca?: string;
}

/**
 * Makes connections through a relay. TLS is spoken with WeChat itself, through the tunnel, and its certificate is checked
 * here: the relay sees closed bytes, never a token or a secret. A connection that does not come about has carried nothing.
 * @param connectMs until the connection, TLS included, stands
 */
export function createTunnelConnector({ url, key, ca }: Tunnel, connectMs: number): buildConnector.connector {
  return ({ hostname, servername }, callback) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/tunnel`, {
      headers: { authorization: `Bearer ${key}` },
      handshakeTimeout: connectMs,
      perMessageDeflate: false,
      followRedirects: false,
    });
    let isOver = false;
    const settle = (...outcome: Parameters<typeof callback>) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(late);
      if (outcome[0] !== null) socket.terminate();
      callback(...outcome);
    };
    const failed = (code: string) => (error?: Error) =>
      settle(Object.assign(new Error(error?.message ?? code), { code }), null);
    const late = setTimeout(failed('UND_ERR_CONNECT_TIMEOUT'), connectMs);
    socket.on('error', failed('RELAY_UNREACHABLE'));
    socket.once('open', () => {
      const secure = connectTls({
        socket: createWebSocketStream(socket),
        servername: servername ?? hostname,
        ALPNProtocols: ['http/1.1'],
        ...(ca === undefined ? {} : { ca }),
      });
      secure.on('error', (error: NodeJS.ErrnoException) => failed(error.code ?? 'RELAY_TUNNEL')(error));
      secure.once('close', failed('RELAY_TUNNEL'));
      secure.once('secureConnect', () => settle(null, secure));
    });
  };
}
