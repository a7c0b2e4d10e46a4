import { describe, expect, test } from 'vitest';
import { type Page, startWithPages } from './page-client.ts';
import { insertRequest, shop } from './practice-client.ts';

/** Names of the fields a page asks for, the required ones with a star. */
function fieldsOf({ html }: Page): string[] {
  return [...html.matchAll(/<input name="(\w+)"[^>]*>/g)].map(
    ([tag, name]) => `${name}${tag.includes(' required') ? '*' : ''}`,
  );
}

const everything = {
  auth_field: {
    user_field: {
      ...{ show_title: 1, show_phone: 1, require_phone: 1, show_email: 1, require_email: 0 },
      custom_field: [{ key: '座位', is_require: 1, notice: '几号桌' }],
    },
    biz_field: {
      ...{ show_title: 1, show_tax_no: 1, require_tax_no: 1, show_addr: 1, require_addr: 0 },
      ...{ show_phone: 0, require_phone: 1, show_bank_type: 1, show_bank_no: 1, require_bank_no: 1 },
      custom_field: [{ key: '车牌号', is_require: 0, notice: '' }],
    },
  },
};

describe('what a page asks for', () => {
  test('is the title, and a company’s tax number, where the merchant never said', async () => {
    const { ask, open } = await startWithPages();
    const path = await ask();
    expect(fieldsOf(await open(path))).toEqual(['title*', 'tax_number']);
    expect(fieldsOf(await open(`${path}&kind=person`))).toEqual(['title*']);
  });

  test('is what the merchant set, required or not', async () => {
    const { ask, open, attribute } = await startWithPages();
    await attribute('set_auth_field', everything);
    const path = await ask();
    const company = await open(path);
    expect(fieldsOf(company)).toEqual(['title*', 'tax_number*', 'address', 'bank_name', 'bank_account*', 'custom_0']);
    expect(company.html).toContain('车牌号（选填）');
    const person = await open(`${path}&kind=person`);
    expect(fieldsOf(person)).toEqual(['title*', 'phone*', 'email', 'custom_0*']);
    expect(person.html).toContain('placeholder="几号桌"');
  });

  test.each([0, 2])('is nothing on a page of type %i', async (type) => {
    const { ask, open, attribute } = await startWithPages();
    await attribute('set_auth_field', everything);
    expect(fieldsOf(await open(await ask({ type })))).toEqual([]);
  });

  test('shows order, amount and the merchant’s telephone, under the policy that lets nothing else in', async () => {
    const { ask, open } = await startWithPages();
    const { html, headers } = await open(await ask());
    for (const words of ['ORDER-A', '¥1234.56', '010-12345678']) expect(html).toContain(words);
    expect(headers['content-security-policy']).toBe("default-src 'none'; style-src 'unsafe-inline'");
  });
});

describe('what is filled in', () => {
  test('of a company comes back by getauthdata, but for what was not asked', async () => {
    const { ask, press, attribute, authData } = await startWithPages();
    await attribute('set_auth_field', everything);
    const filled = { title: ' 某某公司 ', tax_number: '91310000MA1FL0000X', bank_account: '001 002', custom_0: '浙A1' };
    const path = await ask();
    const { status } = await press(path, { decision: 'allow', kind: 'company', phone: 'unasked', ...filled });
    expect(status).toBe(200);
    expect((await authData())['user_auth_info']).toEqual({
      biz_field: {
        ...{ title: '某某公司', tax_no: '91310000MA1FL0000X', addr: '', phone: '', bank_type: '', bank_no: '001 002' },
        custom_field: [{ key: '车牌号', value: '浙A1' }],
      },
    });
  });

  test('of a person comes back by getauthdata', async () => {
    const { ask, press, attribute, authData } = await startWithPages();
    await attribute('set_auth_field', everything);
    const filled = { title: '张三', phone: '138', email: 'a@b.cn', custom_0: '3' };
    await press(await ask(), { decision: 'allow', kind: 'person', ...filled });
    expect((await authData())['user_auth_info']).toEqual({
      user_field: { title: '张三', phone: '138', email: 'a@b.cn', custom_field: [{ key: '座位', value: '3' }] },
    });
  });

  test.each([
    [{ title: '' }, '发票抬头'],
    [{ title: '   ' }, '发票抬头'],
    [{ title: '公'.repeat(201) }, '发票抬头'],
    [{ phone: '' }, '电话'],
    [{ email: 'nobody' }, '邮箱'],
    [{ custom_0: '' }, '座位'],
    [{ title: '', custom_0: '' }, '发票抬头、座位'],
  ])('wrongly is refused, and shown again to be mended: %j', async (change, labels) => {
    const { ask, press, attribute, authData } = await startWithPages();
    await attribute('set_auth_field', everything);
    const filled = { title: '张三', phone: '138', email: 'a@b.cn', custom_0: '3', ...change };
    const path = await ask();
    const page = await press(path, { decision: 'allow', kind: 'person', ...filled });
    expect(page.status).toBe(400);
    expect(page.html).toContain(`<p role="alert">请填写或改正：${labels}</p>`);
    expect(fieldsOf(page)).toEqual(['title*', 'phone*', 'email', 'custom_0*']);
    if (filled.phone !== '') expect(page.html).toContain('value="138"');
    expect(await authData()).toMatchObject({ invoice_status: 'never auth' });
    expect((await press(path, { decision: 'deny', ...filled })).html).toContain('已拒绝');
  });

  test('without a decision is none', async () => {
    const { ask, press, authData } = await startWithPages();
    const path = await ask();
    expect((await press(path, { title: '张三' })).status).toBe(400);
    expect(await authData()).toMatchObject({ invoice_status: 'never auth' });
  });
});

describe('an order that is settled', () => {
  test('as authorised stays so, with no buttons', async () => {
    const { ask, open, press, authData, control, client, cardId } = await startWithPages();
    const path = await ask();
    await press(path, { decision: 'allow', title: '张三' });
    const before = await authData();
    await control.advance(100);
    for (const page of [
      await open(path),
      await press(path, { decision: 'deny' }),
      await press(path, { decision: 'allow', title: '李四' }),
    ]) {
      expect(page.html).toContain('已经授权');
      expect(page.html).not.toMatch(/<button|<form/);
    }
    expect(await ask({ type: 2, money: 1 })).toBe(path);
    expect(await authData()).toEqual(before);
    await expect(control.authorise({ appid: shop.appid, orderId: 'ORDER-A', granted: false })).rejects.toThrow(
      'cannot take back',
    );
    await client.insert(insertRequest(cardId, await client.pdf(), { orderId: 'ORDER-A' }));
    expect((await open(path)).html).toContain('已经在您的卡包里');
  });

  test('as rejected says so and why, with no buttons', async () => {
    const { ask, open, press, control, reject } = await startWithPages();
    const path = await ask();
    await control.authorise({ appid: shop.appid, orderId: 'ORDER-A' });
    await reject('已退货 <b>');
    for (const page of [await open(path), await press(path, { decision: 'allow', title: '张三' })]) {
      expect(page.html).toContain('商家已拒绝开票');
      expect(page.html).toContain('已退货 &lt;b&gt;');
      expect(page.html).not.toMatch(/<button|<form/);
    }
    expect((await control.books()).orders).toMatchObject([{ state: 'rejected' }]);
  });

  test('as refused by the customer can still be authorised', async () => {
    const { ask, open, press, authData } = await startWithPages();
    const path = await ask();
    await press(path, { decision: 'deny' });
    expect((await open(path)).html).toContain('您上次没有授权');
    await press(path, { decision: 'allow', title: '张三' });
    expect(await authData()).toMatchObject({ invoice_status: 'auth success' });
  });
});

describe('the way back to the merchant', () => {
  const target = 'https://shop.example/done?order=1&x="><script>';
  const shown = 'href="https://shop.example/done?order=1&amp;x=&quot;&gt;&lt;script&gt;"';

  test.each(['allow', 'deny'])('stands on the page after %s, as a link', async (decision) => {
    const { ask, press } = await startWithPages();
    const path = await ask({ type: 2, redirect_url: target });
    const { status, html } = await press(path, { decision });
    expect(status).toBe(200);
    expect(html).toContain(shown);
  });

  test.each([
    ['wap', target],
    ['app', target],
    ['wxa', target],
    ['web', ''],
    ['web', 'javascript:alert(1)'],
    ['web', 'https://'],
    ['web', '/relative'],
  ])('is not there in %s for %j', async (source, redirect_url) => {
    const { ask, press } = await startWithPages();
    const path = await ask({ type: 2, source, redirect_url });
    const { html } = await press(path, { decision: 'allow' });
    expect(html).toContain('授权成功');
    expect(html).not.toContain('<a ');
  });
});
