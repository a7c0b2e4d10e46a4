import { expect, test } from 'vitest';
import { insertRequest, startShop } from './practice-client.ts';

const names = {
  init: 'INVOICE_REIMBURSE_INIT',
  lock: 'INVOICE_REIMBURSE_LOCK',
  closure: 'INVOICE_REIMBURSE_CLOSURE',
  cancel: 'INVOICE_REIMBURSE_CANCEL',
} as const;
type Name = keyof typeof names;

async function startWithCard() {
  const stage = await startShop();
  const body = insertRequest(stage.cardId, await stage.client.pdf());
  const code = String((await stage.client.insert(body))['code']);
  const set = async (status: Name) => {
    const input = { card_id: stage.cardId, code, reimburse_status: names[status] };
    return (await stage.client.post('/card/invoice/platform/updatestatus', input))['errcode'];
  };
  return { ...stage, body, code, set };
}

test.each<[Name[], number]>([
  [['init'], 0],
  [['lock'], 0],
  [['closure'], 72039],
  [['cancel'], 0],
  [['lock', 'lock'], 72024],
  [['lock', 'init'], 0],
  [['lock', 'closure'], 0],
  [['lock', 'cancel'], 0],
  [['lock', 'closure', 'init'], 72061],
  [['lock', 'closure', 'cancel'], 72061],
  [['cancel', 'init'], 72060],
  [['cancel', 'cancel'], 72060],
])('the moves %j end with %i', async (moves, errcode) => {
  const { set } = await startWithCard();
  const answers = [];
  for (const move of moves) answers.push(await set(move));
  expect(answers).toEqual([...moves.slice(1).map(() => 0), errcode]);
});

test('what a reimbursing company locked, the issuer can neither open nor cancel', async () => {
  const { set, control, code } = await startWithCard();
  const { card, push } = await control.reimburse({ code, status: names.lock });
  expect(card).toMatchObject({ status: names.lock, lockedBy: 'company' });
  expect(push).toBeNull();
  expect([await set('init'), await set('cancel'), await set('closure')]).toEqual([72023, 72023, 72023]);
  await control.reimburse({ code, status: names.init });
  expect(await set('cancel')).toBe(0);
  await expect(control.reimburse({ code, status: names.lock })).rejects.toThrow('final');
});

test("a card's history tells who did what", async () => {
  const { set, control, code } = await startWithCard();
  await control.reimburse({ code, status: names.lock });
  await control.reimburse({ code, status: names.init });
  await set('cancel');
  const [card] = (await control.books()).cards;
  expect(card?.history.map(({ status, by }) => [status, by])).toEqual([
    [names.init, 'insert'],
    [names.lock, 'company'],
    [names.init, 'company'],
    [names.cancel, 'issuer'],
  ]);
});

test('anything but the card code in code answers 72038', async () => {
  const { client, body, cardId } = await startWithCard();
  const invoice = body.card_ext.user_card.invoice_user_data;
  for (const code of [invoice.billing_no, body.order_id, '186921658591']) {
    const input = { card_id: cardId, code, reimburse_status: names.cancel };
    expect((await client.post('/card/invoice/platform/updatestatus', input))['errcode']).toBe(72038);
  }
});

test('a wrong template, status or missing field is refused', async () => {
  const { client, cardId, code } = await startWithCard();
  const update = (change: object) =>
    client.post('/card/invoice/platform/updatestatus', {
      card_id: cardId,
      code,
      reimburse_status: names.cancel,
      ...change,
    });
  expect((await update({ card_id: 'p'.repeat(28) }))['errcode']).toBe(40073);
  expect((await update({ reimburse_status: 'CANCELLED' }))['errcode']).toBe(72031);
  expect((await update({ code: Number(code) + 1 }))['errcode']).toBe(47001);
  for (const field of ['card_id', 'code', 'reimburse_status'])
    expect((await update({ [field]: '' }))['errmsg']).toContain(`${field} is empty`);
  const other = String((await client.template())['card_id']);
  expect((await update({ card_id: other }))['errcode']).toBe(72038);
});

test('decrypt refuses what the server never sealed', async () => {
  const { client } = await startWithCard();
  for (const code of ['XXIzTtMqCxwOaawoE91+VJdsFmv7b8g0VZIZkqf4GWA60Fzpc8ksZ/5ZZ0DVkXdE', '751234212312', 'ä'])
    expect((await client.post('/card/code/decrypt', { encrypt_code: code }))['errcode']).toBe(40056);
  expect((await client.post('/card/code/decrypt', {}))['errmsg']).toContain('encrypt_code is empty');
});

test('a redirect link goes to the address of the template', async () => {
  const { client, control } = await startWithCard();
  const urls = { custom_url: 'https://shop.example/card?from=wx', promotion_url: 'https://shop.example/sale' };
  const cardId = String((await client.template(urls))['card_id']);
  const { code } = await client.insert(insertRequest(cardId, await client.pdf()));
  const custom = await control.redirectLink({ code: String(code) });
  expect(custom.url.startsWith('https://shop.example/card?from=wx&encrypt_code=')).toBe(true);
  const promotion = await control.redirectLink({ code: String(code), entry: 'promotion' });
  expect(promotion.url.startsWith('https://shop.example/sale?encrypt_code=')).toBe(true);
  expect(promotion.url.endsWith(`&card_id=${cardId}`)).toBe(true);
});
