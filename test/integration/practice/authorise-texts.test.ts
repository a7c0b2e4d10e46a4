import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { type Page, startWithPages } from './page-client.ts';
import { shop, startShop } from './practice-client.ts';

/** A page without its texts: the tags, with what stands in their attributes left out. */
function skeleton({ html }: Page): string[] {
  return [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replaceAll(/="[^"]*"/g, ''));
}

function decoded({ html }: Page): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

test('no text from outside becomes a part of the page', async () => {
  const { ask, press, attribute } = await startWithPages();
  let serial = 0;
  const pageOf = async (text: string) => {
    serial += 1;
    const custom_field = [{ key: [...text].slice(0, 5).join(''), is_require: 1, notice: text }];
    await attribute('set_contact', { contact: { phone: text, time_out: 1 } });
    await attribute('set_auth_field', { auth_field: { user_field: { custom_field } } });
    const path = await ask({ order_id: `${text}${serial}` });
    return press(path, { decision: 'allow', kind: 'person', title: text });
  };
  const harmless = skeleton(await pageOf('abcdef'));
  const character = fc.oneof(
    fc.constantFrom(...'<>&"\'/= `;#'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  );
  const hostile = fc.array(character, { minLength: 1, maxLength: 30 }).map((characters) => characters.join(''));
  const known = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus='alert(1)",
    '&lt;b&gt;',
  ];
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.constantFrom(...known), hostile), async (text) => {
      const page = await pageOf(text);
      expect(page.status).toBe(400);
      expect(skeleton(page)).toEqual(harmless);
      expect(decoded(page)).toContain(`value="${text}"`);
    }),
    { numRuns: 60 },
  );
});

test('a customer played by the control may type everything, also for an order nobody asked about', async () => {
  const { control, authData } = await startWithPages();
  const title = {
    title: '某某公司',
    taxNumber: '91',
    address: '文三路',
    phone: '1',
    bankName: '招行',
    bankAccount: '2',
  };
  const custom = [{ key: '车牌号', value: '浙A1' }];
  await control.authorise({ appid: shop.appid, orderId: 'ORDER-A', ...title, custom });
  expect((await authData())['user_auth_info']).toEqual({
    biz_field: {
      ...{ title: '某某公司', tax_no: '91', addr: '文三路', phone: '1', bank_type: '招行', bank_no: '2' },
      custom_field: custom,
    },
  });
  await control.authorise({ appid: shop.appid, orderId: 'ORDER-B', title: '张三', kind: 'person', email: 'a@b.cn' });
  expect((await authData('ORDER-B'))['user_auth_info']).toEqual({
    user_field: { title: '张三', phone: '', email: 'a@b.cn', custom_field: [] },
  });
});

test('books of an earlier version, whose titles have two parts, are read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'practice-page-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const booksFile = join(folder, 'books.json');
  const order = (orderId: string, taxNumber: string) => ({
    ...{ appid: shop.appid, orderId, platformAppid: shop.appid, state: 'authorised', money: 1, type: 1, source: 'web' },
    ...{ redirectUrl: '', openid: 'o1', pageKey: 'k', authorisedAt: 1_700_000_000_000, rejectReason: null },
    buyer: { title: '某某', taxNumber },
  });
  const orders = { [`${shop.appid}\nOLD-1`]: order('OLD-1', '91'), [`${shop.appid}\nOLD-2`]: order('OLD-2', '') };
  await writeFile(booksFile, JSON.stringify({ generation: 1, tables: { orders } }));
  const { authData } = await startWithPages({ booksFile });
  expect(await authData('OLD-1')).toMatchObject({ user_auth_info: { biz_field: { title: '某某', tax_no: '91' } } });
  expect(await authData('OLD-2')).toMatchObject({ user_auth_info: { user_field: { title: '某某', phone: '' } } });
});

test('set_auth_field refuses a flag that is neither 0 nor 1', async () => {
  const { client } = await startShop();
  for (const flag of ['1', true, 2, null])
    expect(
      await client.post('/card/invoice/setbizattr?action=set_auth_field', {
        auth_field: { user_field: { show_phone: flag } },
      }),
    ).toMatchObject({ errcode: 72031, errmsg: expect.stringContaining('show_phone is error') });
});
