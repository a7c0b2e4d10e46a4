import { describe, expect, it } from 'vitest';
import type { WeChatClient } from '../../../electron/wechat/client.ts';
import { order, paths, rejection } from './support-orders.ts';
import { appid, disturbances, impatient, refuseWithEvery, startMerchant } from './support-practice.ts';
import { startClient, startServer } from './support-server.ts';

const link = (client: WeChatClient, platformId: string) => client.requestAuthorisation({ ...order, platformId });
const ask = (client: WeChatClient, platformId: string) => client.queryAuthorisation({ ...order, platformId });
const reject = (client: WeChatClient, platformId: string) => client.rejectOrder({ ...rejection, platformId });

describe.each([
  ['getticket', link],
  ['getauthurl', link],
  ['getauthdata', ask],
  ['rejectinsert', reject],
] as const)('%s', (name, call) => {
  it('tells every error of the documents', async () => {
    const { platformId, ...practice } = await startMerchant();

    const wrong = await refuseWithEvery(practice, name, paths[name], (client) => call(client, platformId));

    expect(wrong).toEqual([]);
  });

  it.each(disturbances)(
    'disturbed by $rule ends with $repeated, or $once where it is not repeated',
    async ({ rule, repeated, once }) => {
      const { client, control, platformId } = await startMerchant({ timeouts: impatient });
      await control.authorise({ appid, orderId: order.orderId });
      await control.misbehave({ ...rule, path: paths[name] });

      const answer = await call(client, platformId);

      // A rejection is never repeated, however it was disturbed.
      expect(answer.ok ? null : answer.error.code).toBe(name === 'rejectinsert' ? once : repeated);
    },
  );

  it('is not sent where nobody is there', async () => {
    const server = await startServer();
    const { client } = startClient(server.url);
    await client.fetchToken();
    await server.stop();

    expect(await call(client, 'd3h1')).toMatchObject({ ok: false, error: { code: 'network.unreachable' } });
  });
});
