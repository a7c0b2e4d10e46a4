import { describe, expect, test } from 'vitest';
import { refusedIssue } from '../../support/app-expectations.ts';
import { insertPath, shop, startStage, templateContent } from '../../support/app-under-test.ts';

describe('the account', () => {
  test('a wrong secret is 40125 at the account check and while issuing, and nothing is sent', async () => {
    const stage = await startStage();
    await stage.control.putApp({ ...shop, secret: 'changed-in-the-console-0123456789' });
    const app = await stage.reopen();
    const error = await app.refuse('account.check', { accountId: stage.accountId });
    expect(error).toMatchObject({ code: 'wechat.40125', class: 'fix-account', action: 'open-account' });
    const { id: invoiceId } = await stage.draft();
    expect(await refusedIssue(stage, invoiceId, 'draft')).toMatchObject({ code: 'wechat.40125' });
    expect(stage.callsTo(insertPath)).toEqual([]);
  });

  test('the right secret, saved, cures it at once', async () => {
    const stage = await startStage();
    const secret = 'changed-in-the-console-0123456789';
    await stage.control.putApp({ ...shop, secret });
    const { accountId } = stage;
    const app = await stage.reopen();
    await app.refuse('account.check', { accountId });
    expect(await app.succeed('credentials.save', { accountId, appSecret: secret })).toEqual({ secretPlace: 'session' });
    expect(await app.succeed('account.check', { accountId })).toEqual({ tokenExpiresInSeconds: 7200, contact: null });
  });

  test('no secret at all is said before anything is sent', async () => {
    const stage = await startStage();
    const app = await stage.reopen({ secret: '' });
    const before = stage.books().calls.length;
    const error = await app.refuse('account.check', { accountId: stage.accountId });
    expect(error).toMatchObject({ code: 'account.secret-missing', class: 'fix-account' });
    expect(error.text.zhCN).toContain('青禾商贸');
    expect(stage.books().calls).toHaveLength(before);
  });

  test('an appid that WeChat does not know is 40013', async () => {
    const { app, server } = await startStage();
    const { id: accountId } = await app().succeed('account.create', {
      name: '写错的账号',
      kind: 'wechat',
      appid: 'wxffffffffffffffff',
      baseUrl: server.url,
    });
    expect(await app().refuse('account.check', { accountId })).toMatchObject({
      code: 'wechat.40013',
      class: 'fix-account',
    });
  });

  test('an address that is not on the allow-list is 40164 with the IP to copy, in both forms of the message', async () => {
    const stage = await startStage();
    await stage.control.putApp({ ...shop, allowedIps: ['198.51.100.1'] });
    await stage.control.settings({ clientIp: '203.0.113.7' });
    const app = await stage.reopen();
    const error = await app.refuse('account.check', { accountId: stage.accountId });
    expect(error).toMatchObject({ code: 'wechat.40164', class: 'fix-account', action: 'copy-ip' });
    expect(error.details['ip']).toBe('203.0.113.7');
    expect(error.text.zhCN).toContain('203.0.113.7');
    expect(error.text.en).toContain('203.0.113.7');
    expect(error.nextStep.zhCN).toContain('IP白名单');
    const doctor = await app.succeed('app.doctor', { accountId: stage.accountId });
    expect(doctor.healthy).toBe(false);
    expect(doctor.findings.find(({ check }) => check === 'token')?.text.zhCN).toContain('203.0.113.7');
  });

  test('an account without the invoice plug-in is 48001 and told where to open it', async () => {
    const stage = await startStage();
    await stage.control.putApp({ ...shop, hasInvoicePlugin: false });
    const error = await stage.app().refuse('platform.obtainId', { accountId: stage.accountId });
    expect(error).toMatchObject({ code: 'wechat.48001', class: 'fix-account', action: 'open-console' });
    expect(error.nextStep.zhCN).toContain('电子发票');
  });

  test('a used-up day is 45009, a used-up minute 45011; time cures both', async () => {
    const stage = await startStage();
    const upload = async () =>
      stage.app().call('pdf.upload', { accountId: stage.accountId, file: await stage.newPdf() });
    await stage.control.settings({ minuteLimit: 1 });
    expect((await upload()).ok).toBe(true);
    expect(await upload()).toMatchObject({ error: { code: 'wechat.45011', class: 'wait-and-retry', retryable: true } });
    await stage.control.advance(60);
    expect((await upload()).ok).toBe(true);
    await stage.control.settings({ minuteLimit: null, dailyLimit: 1 });
    expect((await upload()).ok).toBe(true);
    expect(await upload()).toMatchObject({ error: { code: 'wechat.45009', class: 'wait-and-retry' } });
    await stage.control.advance(86_400);
    expect((await upload()).ok).toBe(true);
  });
});

describe('the template', () => {
  test('a title over nine Chinese characters is 45021', async () => {
    const { app, accountId, books } = await startStage();
    const content = { ...templateContent, title: '一二三四五六七八九十' };
    const error = await app().refuse('template.create', { accountId, content });
    expect(error).toMatchObject({ code: 'wechat.45021', class: 'fix-input', action: 'edit-input' });
    expect(books().templates).toHaveLength(1);
    expect((await app().succeed('template.list', { accountId })).templates).toHaveLength(1);
  });

  test('a logo from elsewhere is 72031 with a text about templates', async () => {
    const { app, accountId } = await startStage();
    const content = { ...templateContent, logoUrl: 'https://shop.example/logo.png' };
    const error = await app().refuse('template.create', { accountId, content });
    expect(error).toMatchObject({ code: 'wechat.72031', class: 'fix-input' });
    expect(error.nextStep.zhCN).toContain('LOGO');
  });

  test('a template made a moment ago is 40078, and good some minutes later', async () => {
    const stage = await startStage();
    await stage.control.settings({ templateSettleSeconds: 300 });
    const { id: invoiceId } = await stage.draft();
    expect(await refusedIssue(stage, invoiceId, 'rejected')).toMatchObject({
      code: 'wechat.40078',
      class: 'wait-and-retry',
      retryable: true,
    });
    await stage.control.advance(300);
    expect(await stage.app().succeed('invoice.issue', { invoiceId })).toMatchObject({ state: 'issued' });
  });

  test('a template that WeChat has forgotten is 40073', async () => {
    const stage = await startStage();
    await stage.control.reset();
    const { id: invoiceId } = await stage.draft();
    expect(await refusedIssue(stage, invoiceId, 'rejected')).toMatchObject({
      code: 'wechat.40073',
      class: 'fix-input',
      action: 'open-template',
    });
  });
});
