import { type Answer, shop, startShop } from './practice-client.ts';

const strict = { ...shop, customerMustAuthorise: true };

export interface Page {
  readonly status: number;
  readonly html: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A merchant who may ask for authorisations, and the browser of its customers. */
export async function startWithPages(options: Parameters<typeof startShop>[0] = {}) {
  const stage = await startShop({ apps: [strict], ...options });
  const { client } = stage;
  const { invoice_url } = await client.post('/card/invoice/seturl', {});
  const s_pappid = String(invoice_url).split('s_pappid=')[1] ?? '';
  const attribute = async (action: string, body: Answer) => {
    const answer = await client.post(`/card/invoice/setbizattr?action=${action}`, body);
    if (answer['errcode'] !== 0) throw new Error(String(answer['errmsg']));
  };
  await attribute('set_contact', { contact: { phone: '010-12345678', time_out: 86_400 } });
  const { ticket } = await client.json('GET', client.withToken('/cgi-bin/ticket/getticket?type=wx_card'));
  const ask = async (change: Answer = {}) => {
    const fields = { s_pappid, order_id: 'ORDER-A', money: 123_456, timestamp: 1, source: 'web', ticket, type: 1 };
    const { pathname, search } = new URL(
      String((await client.post('/card/invoice/getauthurl', { ...fields, ...change }))['auth_url']),
    );
    return `${pathname}${search}`;
  };
  const toPage = async (sending: ReturnType<typeof client.send>): Promise<Page> => {
    const { status, bytes, headers } = await sending;
    return { status, html: bytes.toString(), headers };
  };
  const formType = { 'content-type': 'application/x-www-form-urlencoded' };
  return {
    ...stage,
    attribute,
    ask,
    open: (path: string) => toPage(client.send('GET', path)),
    press: (path: string, form: Record<string, string>) =>
      toPage(client.send('POST', path, new URLSearchParams(form).toString(), formType)),
    authData: (order_id = 'ORDER-A') => client.post('/card/invoice/getauthdata', { s_pappid, order_id }),
    reject: (reason: string) => client.post('/card/invoice/rejectinsert', { s_pappid, order_id: 'ORDER-A', reason }),
  };
}
