import { expect, test } from 'vitest';
import { shop, startShop } from './practice-client.ts';

test("the document's sample makes a template", async () => {
  const { client, control } = await startShop();
  const sample = {
    invoice_info: {
      base_info: {
        logo_url:
          'http://mmbiz.qpic.cn/mmbiz/iaL1LJM1mF9aRKPZJkmG8xXhiaHqkKSVMMWeN3hLut7X7hicFNjakmxibMLGWpXrEXB33367o7zHN0CwngnQY7zb7g/0',
        title: 'xx company',
        custom_url_name: 'xyz',
        custom_url: 'xyz',
        custom_url_sub_title: 'xyz',
        promotion_url_name: 'puname',
        promotion_url: 'purl',
        promotion_url_sub_title: 'ptitle',
      },
      type: ' Guangdong VAT invoice ',
      payee: ' Test - Payee',
    },
  };
  const answer = await client.post('/card/invoice/platform/createcard', sample);
  expect(answer).toEqual({ errcode: 0, errmsg: 'ok', card_id: expect.stringMatching(/^p[\w-]{27}$/) });
  const record = (await control.books()).templates.find(({ cardId }) => cardId === answer['card_id']);
  expect(record).toMatchObject({ appid: shop.appid, content: sample.invoice_info });
});

test.each([
  ['title', '九个汉字刚好放得下', 0],
  ['title', '一共有十个汉字放不下了', 45021],
  ['title', 'eighteen letters!!', 0],
  ['title', 'nineteen letters!!!', 45021],
  ['title', '“”“”“”“”“', 0],
  ['title', '“”“”“”“”“”', 45021],
  ['title', '🧾🧾🧾🧾🧾🧾', 0],
  ['title', '🧾🧾🧾🧾🧾🧾🧾', 45021],
  ['custom_url_name', '五个汉字行', 0],
  ['custom_url_name', '六个汉字不行', 45021],
  ['custom_url_sub_title', '六个汉字也行', 0],
  ['custom_url_sub_title', 'thirteen char', 45021],
  ['promotion_url_name', 'ten chars!', 0],
  ['promotion_url_name', 'eleven char', 45021],
  ['promotion_url_sub_title', '六个汉字也行', 0],
  ['promotion_url_sub_title', '七个汉字就不行', 45021],
])('%s "%s" answers %i', async (field, text, errcode) => {
  const { client } = await startShop();
  const answer = await client.template({ [field]: text });
  expect(answer['errcode']).toBe(errcode);
});

test.each(['logo_url', 'title'])('a template without %s is refused by name', async (field) => {
  const { client } = await startShop();
  const answer = await client.template({ [field]: '' });
  expect(answer).toMatchObject({
    errcode: 72031,
    errmsg: expect.stringContaining(`invalid params, ${field} is empty`),
  });
});

test.each(['payee', 'type'])('a template without %s is refused by name', async (field) => {
  const { client } = await startShop();
  const answer = await client.template({}, { [field]: undefined });
  expect(answer).toMatchObject({
    errcode: 72031,
    errmsg: expect.stringContaining(`invalid params, ${field} is empty`),
  });
});

test('a template without its objects names the missing one', async () => {
  const { client } = await startShop();
  const create = (body: unknown) => client.post('/card/invoice/platform/createcard', body);
  expect((await create({}))['errmsg']).toContain('invoice_info is empty');
  expect((await create({ invoice_info: {} }))['errmsg']).toContain('base_info is empty');
});

test('a logo must come from WeChat: its own host or an upload', async () => {
  const { client } = await startShop();
  expect((await client.template({ logo_url: 'https://example.com/logo.png' }))['errcode']).toBe(72031);
  expect((await client.template({ logo_url: 'javascript:alert(1)' }))['errcode']).toBe(72031);
  const png = Buffer.from('89504e470d0a1a0a0000', 'hex');
  const uploaded = await client.upload(
    { name: 'media', fileName: 'logo.png', content: png },
    '/cgi-bin/media/uploadimg',
  );
  expect(uploaded).toEqual({
    errcode: 0,
    errmsg: 'ok',
    url: expect.stringMatching(/^http:\/\/mmbiz\.qpic\.cn\/mmbiz_png\//),
  });
  expect((await client.template({ logo_url: uploaded['url'] }))['errcode']).toBe(0);
});

test('an uploaded logo can be seen at the path of its address', async () => {
  const { client } = await startShop();
  const jpeg = Buffer.from('ffd8ffe000104a464946', 'hex');
  const { url } = await client.upload({ name: 'media', fileName: 'l.jpg', content: jpeg }, '/cgi-bin/media/uploadimg');
  const shown = await client.send('GET', new URL(String(url)).pathname);
  expect(shown.headers['content-type']).toBe('image/jpeg');
  expect(shown.bytes.equals(jpeg)).toBe(true);
});

test.each([
  ['a GIF', Buffer.from('GIF89a......'), 'media', 40005],
  ["text with a picture's name", Buffer.from('hello'), 'media', 40005],
  ['a picture of 1 MB', Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.alloc(1024 * 1024 - 3)]), 'media', 40009],
  ['nothing', Buffer.alloc(0), 'media', 44001],
  ['the field name of old tutorials', Buffer.from('ffd8ff00', 'hex'), 'buffer', 41005],
])('uploadimg refuses %s', async (_, content, name, errcode) => {
  const { client } = await startShop();
  const answer = await client.upload({ name, fileName: 'a.jpg', content }, '/cgi-bin/media/uploadimg');
  expect(answer['errcode']).toBe(errcode);
});

test('a picture just below 1 MB is taken, and the permanent library takes a GIF', async () => {
  const { client } = await startShop();
  const jpeg = Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.alloc(1024 * 1024 - 4)]);
  const small = await client.upload({ name: 'media', fileName: 'a.jpg', content: jpeg }, '/cgi-bin/media/uploadimg');
  expect(small['errcode']).toBe(0);
  const gif = { name: 'media', fileName: 'a.gif', content: Buffer.from('GIF89a......') };
  const material = await client.upload(gif, '/cgi-bin/material/add_material?type=image');
  expect(material).toMatchObject({ media_id: expect.any(String), url: expect.stringContaining('mmbiz.qpic.cn') });
});
