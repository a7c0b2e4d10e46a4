import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import type { AuthFields } from '../../shared/contract/merchant-operations.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { type Language, languages } from '../../shared/text.ts';
import { freshPageEachTest, openApp, press, readyWorld } from './app-under-test.tsx';
import type { FakeWorld } from './fake-bridge.ts';

freshPageEachTest();

const settingsIn = (language: Language) => ({ language, theme: 'light', currentAccountId: 1 }) as const;

const saved: AuthFields = {
  person: { phone: 'hidden', email: 'required', custom: [] },
  company: {
    taxNumber: 'required',
    address: 'hidden',
    phone: 'hidden',
    bankName: 'optional',
    bankAccount: 'optional',
    custom: [{ key: '门店', isRequired: true, notice: '例如文三路店' }],
  },
};

function openMerchant(part: Partial<FakeWorld> = {}) {
  window.location.hash = '#/settings/customer';
  return openApp(readyWorld(part));
}

const inputOf = (fake: ReturnType<typeof openApp>, name: string) =>
  fake.calls.findLast((call) => call.name === name)?.input;
const fill = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const preview = () => within(screen.getByRole('region', { name: '客户看到的页面' }));

describe.each(languages)('in %s', (language) => {
  const { merchant: texts } = language === 'en' ? en : zhCN;
  const settings = settingsIn(language);

  it('says that nothing is set yet, what is suggested, and what comes of it', async () => {
    openMerchant({ settings, contact: null });
    expect(await screen.findByText(texts.contact.unset)).toBeTruthy();
    expect(screen.getByText(texts.fields.unset)).toBeTruthy();
    expect(screen.getByText(texts.preview.phoneNone)).toBeTruthy();
    expect(screen.getByRole('region', { name: texts.preview.title }).textContent).toContain(
      texts.fields.field.taxNumber,
    );
  });

  it('says what the account check found out about the contact, with the way to set it', async () => {
    window.location.hash = '#/settings/accounts';
    const { settings: words } = language === 'en' ? en : zhCN;
    openApp(readyWorld({ settings, contact: null }));
    fireEvent.click(
      await screen.findByRole('button', { name: words.accounts.checkName.replace('{{name}}', '青禾茶叶') }),
    );
    expect(await screen.findByText(texts.check.unset)).toBeTruthy();
    expect(screen.getByRole('link', { name: texts.check.go }).getAttribute('href')).toBe('#/settings/customer');
  });
});

describe('the contact', () => {
  it('is shown in whole days, and sent in seconds', async () => {
    const fake = openMerchant({ contact: { phone: '0571-88001122', timeOutSeconds: 3 * 86_400 } });
    expect((await screen.findByLabelText<HTMLInputElement>('开票时限')).value).toBe('3');
    fill('联系电话', ' ０５７１-1234 ');
    fill('开票时限', '1.5');
    press('保存到微信 · 商户联系方式');
    expect(await screen.findByText('已保存到微信。')).toBeTruthy();
    expect(inputOf(fake, 'merchant.saveContact')).toEqual({
      accountId: 1,
      contact: { phone: '0571-1234', timeOutSeconds: 129_600 },
    });
    expect(screen.getByLabelText<HTMLInputElement>('开票时限').value).toBe('36');
  });

  it('that WeChat would not take is not sent', async () => {
    const fake = openMerchant({ contact: null });
    await screen.findByLabelText('联系电话');
    fill('联系电话', '请致电');
    fill('开票时限', '0');
    press('保存到微信 · 商户联系方式');
    expect(await screen.findByText(/请填写电话/)).toBeTruthy();
    expect(screen.getByText(/请填写大于 0 的数/)).toBeTruthy();
    expect(inputOf(fake, 'merchant.saveContact')).toBeUndefined();
  });

  it('stays, marked as unsaved, while another page is looked at, and can be discarded', async () => {
    openMerchant();
    await screen.findByLabelText('联系电话');
    fill('联系电话', '400-800');
    expect(await screen.findByText('有改动还没有保存')).toBeTruthy();
    fireEvent.click(screen.getByRole('tab', { name: '外观' }));
    await waitFor(() => expect(screen.queryByLabelText('联系电话')).toBeNull());
    fireEvent.click(screen.getByRole('tab', { name: '客户侧' }));
    expect((await screen.findByLabelText<HTMLInputElement>('联系电话')).value).toBe('400-800');
    press('放弃改动');
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('联系电话').value).toBe('0571-88001122'));
    expect(screen.queryByText('有改动还没有保存')).toBeNull();
  });

  it('that could not be read or saved says why, and can be tried again', async () => {
    const failures = new Map([['merchant.readContact', appError('network.timeout', { seconds: 10 })]]);
    const fake = openMerchant({ failures });
    const panel = within(await screen.findByRole('region', { name: '商户联系方式' }));
    expect(await panel.findByText('network.timeout')).toBeTruthy();
    fireEvent.click(panel.getByRole('button', { name: '重试' }));
    expect(await panel.findByLabelText('联系电话')).toBeTruthy();
    fake.world.failures.set('merchant.saveContact', appError('network.timeout', { seconds: 10 }));
    fill('联系电话', '400-801');
    press('保存到微信 · 商户联系方式');
    expect(await panel.findByText('network.timeout')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('联系电话').value).toBe('400-801');
  });
});

describe('the fields of the authorisation page', () => {
  it('are seen on the page at once, and saved as they are', async () => {
    const fake = openMerchant({ authFields: saved });
    await screen.findByRole('region', { name: '客户看到的页面' });
    expect(preview().getByText('开户行')).toBeTruthy();
    expect(preview().queryByText('地址')).toBeNull();
    const address = screen.getByRole('radiogroup', { name: '单位：地址' });
    fireEvent.click(within(address).getByRole('radio', { name: '必填' }));
    expect(await preview().findByText('地址')).toBeTruthy();
    press('保存到微信 · 授权页要填写的字段');
    await waitFor(() =>
      expect(inputOf(fake, 'merchant.saveAuthFields')).toEqual({
        accountId: 1,
        fields: { ...saved, company: { ...saved.company, address: 'required' } },
      }),
    );
  });

  it('of a person are others than those of a company', async () => {
    openMerchant({ authFields: saved });
    await screen.findByRole('region', { name: '客户看到的页面' });
    fireEvent.click(preview().getByRole('radio', { name: '个人' }));
    expect(await preview().findByText('邮箱')).toBeTruthy();
    expect(preview().queryByText('税号')).toBeNull();
    expect(screen.getByRole('radiogroup', { name: '个人：邮箱' })).toBeTruthy();
  });

  it('of the merchant’s own have names of at most five characters, each once', async () => {
    const fake = openMerchant({ authFields: saved });
    await screen.findByRole('region', { name: '客户看到的页面' });
    press('添加字段');
    fill('自定义字段 2 的名称', '超过五个字了');
    expect(await screen.findByText('名称要有 1 到 5 个字。')).toBeTruthy();
    fill('自定义字段 2 的名称', '门店');
    expect((await screen.findAllByText('名称重复。')).length).toBe(2);
    press('保存到微信 · 授权页要填写的字段');
    expect(inputOf(fake, 'merchant.saveAuthFields')).toBeUndefined();
    fill('自定义字段 2 的名称', '会员号');
    expect(await preview().findByText('会员号')).toBeTruthy();
    press('保存到微信 · 授权页要填写的字段');
    await waitFor(() =>
      expect(inputOf(fake, 'merchant.saveAuthFields')).toMatchObject({
        fields: {
          company: { custom: [saved.company.custom[0], { key: '会员号', isRequired: false, notice: '' }] },
        },
      }),
    );
  });
});
