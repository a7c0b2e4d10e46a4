import { expect, test } from 'vitest';
import { type Answer, insertRequest, shop, startShop } from './practice-client.ts';

const older = { billing_no: '12345678', billing_code: '044001900111', check_code: '12345678901234567890' };

test('an older invoice with 10 or 12 digits of code is issued', async () => {
  const { client, cardId } = await startShop();
  const insert = async (fields: Answer) => client.insert(insertRequest(cardId, await client.pdf(), { fields }));
  expect(await insert(older)).toMatchObject({ errcode: 0, code: expect.stringMatching(/^\d{12}$/) });
  expect(await insert({ ...older, billing_code: '4400190011' })).toMatchObject({ errcode: 0 });
});

test("the document's own sample is refused as reported, for its time written as text", async () => {
  const { client } = await startShop();
  const sample = {
    order_id: '111163',
    card_ext: {
      nonce_str: 'j!Re1WxaHv',
      user_card: {
        invoice_user_data: {
          info: [{ price: 10000, num: 3, name: 'Toothpaste', unit: 'Tube' }],
          billing_no: '4545145712',
          billing_code: '4541212454512',
          billing_time: '1468306058',
          tax: 123,
          s_pdf_media_id: 's_pdf_media_id_abc123',
          fee: 123,
          title: "Guan Ge's invoice",
          fee_without_tax: 2345,
          buyer_number: '123456789012345678',
        },
      },
    },
    card_id: 'pjZ8Yt9WoOePThU0NfUKz5-tBEWU',
    appid: 'wxc0b84a53ed8e8d29',
  };
  expect((await client.insert(sample))['errcode']).toBe(47001);
});

test('every optional field and a second PDF are taken and kept as they were sent', async () => {
  const { client, control, cardId } = await startShop();
  const fields = {
    buyer_number: '91110000000000000X',
    buyer_address_and_phone: '北京 010-1',
    buyer_bank_account: '银行 1',
    seller_number: '91110000000000001X',
    seller_address_and_phone: '上海 021-1',
    seller_bank_account: '银行 2',
    remarks: '备注\n第二行',
    cashier: '甲',
    maker: '乙',
    s_trip_pdf_media_id: await client.pdf(),
  };
  const body = insertRequest(cardId, await client.pdf(), { fields });
  const { code } = await client.insert(body);
  const books = await control.books();
  expect(books.cards[0]).toMatchObject({ code, invoice: body.card_ext.user_card.invoice_user_data });
  expect(books.pdfs.map(({ linkedCode }) => linkedCode)).toEqual([code, code]);
});

test('without invoice_user_data the first missing field is fee', async () => {
  const { client, cardId } = await startShop();
  const { card_ext, ...rest } = insertRequest(cardId, await client.pdf());
  const flat = { ...rest, card_ext: { nonce_str: 'a', user_card: card_ext.user_card.invoice_user_data } };
  expect(await client.insert(flat)).toMatchObject({
    errcode: 72031,
    errmsg: expect.stringContaining('invalid params, fee is empty'),
  });
});

test.each(['order_id', 'card_id', 'appid'])('a missing or empty %s is named', async (field) => {
  const { client, cardId } = await startShop();
  for (const value of ['', undefined, null]) {
    const answer = await client.insert(insertRequest(cardId, '1', { top: { [field]: value } }));
    expect(answer).toMatchObject({ errcode: 72031, errmsg: expect.stringContaining(`${field} is empty`) });
  }
});

test.each([
  'fee',
  'title',
  'billing_time',
  'billing_no',
  'fee_without_tax',
  'tax',
  's_pdf_media_id',
  'billing_code',
  'check_code',
])('a missing %s is named', async (field) => {
  const { client, cardId } = await startShop();
  const body = insertRequest(cardId, '1', { fields: { [field]: undefined } });
  const answer = await client.insert(body);
  expect(answer).toMatchObject({
    errcode: 72031,
    errmsg: expect.stringContaining(`invalid params, ${field} is empty`),
  });
});

test('a missing nonce_str is named', async () => {
  const { client, cardId } = await startShop();
  const answer = await client.insert(insertRequest(cardId, '1', { extension: { nonce_str: '' } }));
  expect(answer['errmsg']).toContain('nonce_str is empty');
});

test('a key with a trailing blank counts as missing', async () => {
  const { client, cardId } = await startShop();
  const fields = { s_pdf_media_id: undefined, 's_pdf_media_id ': '1' };
  expect((await client.insert(insertRequest(cardId, '1', { fields })))['errmsg']).toContain('s_pdf_media_id is empty');
});

test.each([
  ['billing_time as text', { billing_time: '1468306058' }, 47001],
  ['fee as text', { fee: '11300' }, 47001],
  ['fee with a fraction', { fee: 113.5 }, 47001],
  ['tax as text', { tax: '1300' }, 47001],
  ['billing_no as a number', { billing_no: 12_345_678 }, 47001],
  ['a media id as a number', { s_pdf_media_id: 3_015_806_758_683_707 }, 47001],
  ['remarks as a number', { remarks: 5 }, 47001],
  ['a fractional quantity', { info: [{ name: 'a', price: 1, num: 1.5 }] }, 47001],
  ['an item without a name', { info: [{ price: 1 }] }, 72031],
  ['an item without a price', { info: [{ name: 'a' }] }, 72031],
  ['items that are no list', { info: 'a' }, 47001],
  ['a negative fee', { fee: -1 }, 72031],
  ['a time in milliseconds', { billing_time: 1_700_000_000_000 }, 72031],
  ['a check code with blanks', { ...older, check_code: '12345 67890 12345 67890' }, 72031],
])('%s is refused', async (_, fields, errcode) => {
  const { client, cardId } = await startShop();
  expect((await client.insert(insertRequest(cardId, await client.pdf(), { fields })))['errcode']).toBe(errcode);
});

test('a fee that is not the sum of its parts is taken, as reported', async () => {
  const { client, cardId } = await startShop();
  const fields = { fee: 10_056, fee_without_tax: 8594, tax: 1461 };
  expect((await client.insert(insertRequest(cardId, await client.pdf(), { fields })))['errcode']).toBe(0);
});

test.each([
  ['code and number swapped', { ...older, billing_no: older.billing_code, billing_code: older.billing_no }, 72043],
  ['a number that lost its zeros', { ...older, billing_no: '345678' }, 72043],
  ['an older number without a code', { ...older, billing_code: '' }, 72043],
  ['a code of eleven digits', { ...older, billing_code: '04400190011' }, 72043],
  ['an older invoice without a check code', { ...older, check_code: '' }, 72045],
  ['an older invoice whose check code is left out', { ...older, check_code: undefined }, 72045],
  ['a digital invoice with a code', { billing_code: '044001900111' }, 72043],
  ['a digital invoice with a check code', { check_code: '12345678901234567890' }, 72031],
  ['a digital number in both fields', { billing_no: '2'.repeat(20), billing_code: '2'.repeat(20) }, -1],
])('%s is refused', async (_, fields, errcode) => {
  const { client, control, cardId } = await startShop();
  expect((await client.insert(insertRequest(cardId, await client.pdf(), { fields })))['errcode']).toBe(errcode);
  expect((await control.books()).cards).toEqual([]);
});

test('an appid that is not the account, or an order nobody authorised, is refused', async () => {
  const { client, control, cardId } = await startShop();
  const wrong = insertRequest(cardId, await client.pdf(), { top: { appid: 'wxffffffffffffffff' } });
  expect((await client.insert(wrong))['errcode']).toBe(72038);
  await control.putApp({ ...shop, customerMustAuthorise: true });
  const body = insertRequest(cardId, await client.pdf());
  expect((await client.insert(body))['errcode']).toBe(72038);
  await control.authorise({ appid: shop.appid, orderId: body.order_id, granted: false });
  expect((await client.insert(body))['errcode']).toBe(72038);
  const { order } = await control.authorise({ appid: shop.appid, orderId: body.order_id });
  expect(await client.insert(body)).toMatchObject({ errcode: 0, openid: order.openid });
});

test('a template that does not exist, or is too young when told so, is refused', async () => {
  const { client, control, cardId } = await startShop();
  const unknown = insertRequest('pjZ8Yt9WoOePThU0NfUKz5-tBEWU', await client.pdf());
  expect((await client.insert(unknown))['errcode']).toBe(40073);
  await control.settings({ templateSettleSeconds: 60 });
  const body = insertRequest(cardId, await client.pdf());
  expect((await client.insert(body))['errcode']).toBe(40078);
  await control.advance(60);
  expect((await client.insert(body))['errcode']).toBe(0);
});

test('an order makes one card for ever, even after it was cancelled', async () => {
  const { client, control, cardId } = await startShop();
  const body = insertRequest(cardId, await client.pdf());
  const { code } = await client.insert(body);
  const status = { card_id: cardId, code, reimburse_status: 'INVOICE_REIMBURSE_CANCEL' };
  await client.post('/card/invoice/platform/updatestatus', status);
  const again = insertRequest(cardId, await client.pdf(), { orderId: body.order_id });
  expect((await client.insert(again))['errcode']).toBe(72056);
  await control.settings({ repeatedOrderErrcode: 72018 });
  expect((await client.insert(again))['errcode']).toBe(72018);
});

test('code and number are unique over all accounts', async () => {
  const { client, control, cardId } = await startShop();
  await client.insert(insertRequest(cardId, await client.pdf(), { fields: older }));
  const other = { ...shop, appid: 'wxfedcba9876543210' };
  await control.putApp(other);
  await client.login(other);
  const template = String((await client.template())['card_id']);
  const top = { appid: other.appid };
  const same = insertRequest(template, await client.pdf(), { fields: older, top });
  expect((await client.insert(same))['errcode']).toBe(72042);
  const number = { ...older, billing_code: '044001900112' };
  expect((await client.insert(insertRequest(template, await client.pdf(), { fields: number, top })))['errcode']).toBe(
    0,
  );
});

test('a PDF that is unknown, of another account or already linked is refused', async () => {
  const { client, control, cardId } = await startShop();
  expect((await client.insert(insertRequest(cardId, '75195574948725301')))['errcode']).toBe(72040);
  const mediaId = await client.pdf();
  const trip = insertRequest(cardId, mediaId, { fields: { s_trip_pdf_media_id: '75195574948725301' } });
  expect((await client.insert(trip))['errcode']).toBe(72040);
  expect((await client.insert(insertRequest(cardId, mediaId)))['errcode']).toBe(0);
  expect((await client.insert(insertRequest(cardId, mediaId)))['errcode']).toBe(72040);
  const strange = await client.pdf();
  const other = { ...shop, appid: 'wxfedcba9876543210' };
  await control.putApp(other);
  await client.login(other);
  const template = String((await client.template())['card_id']);
  const body = insertRequest(template, strange, { top: { appid: other.appid } });
  expect((await client.insert(body))['errcode']).toBe(72040);
});

test('with duplicates judged by number only, a repeated order is 72042', async () => {
  const { client, control, cardId } = await startShop();
  await control.settings({ duplicates: 'by-number-only' });
  const body = insertRequest(cardId, await client.pdf());
  expect((await client.insert(body))['errcode']).toBe(0);
  expect((await client.insert(body))['errcode']).toBe(72042);
  const other = insertRequest(cardId, await client.pdf(), { orderId: body.order_id });
  expect((await client.insert(other))['errcode']).toBe(0);
});

test('in the worst case the same request makes a second card, and the books show both', async () => {
  const { client, control, cardId } = await startShop();
  await control.settings({ duplicates: 'accept-everything' });
  const body = insertRequest(cardId, await client.pdf());
  const first = await client.insert(body);
  const second = await client.insert(body);
  expect([first['errcode'], second['errcode']]).toEqual([0, 0]);
  const books = await control.books();
  expect(books.cards.map(({ code }) => code).sort()).toEqual([first['code'], second['code']].sort());
  expect(books.repeatedNonces).toEqual([body.card_ext.nonce_str]);
});

test('of equal requests sent at the same moment exactly one makes a card', async () => {
  const { client, control, cardId } = await startShop();
  const body = insertRequest(cardId, await client.pdf());
  const answers = await Promise.all(Array.from({ length: 20 }, () => client.insert(body)));
  expect(answers.filter(({ errcode }) => errcode === 0)).toHaveLength(1);
  expect(answers.filter(({ errcode }) => errcode === 72056)).toHaveLength(19);
  expect((await control.books()).cards).toHaveLength(1);
});
