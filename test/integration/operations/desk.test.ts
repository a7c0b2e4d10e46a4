import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startStage, templateContent } from '../../support/app-under-test.ts';

describe('archiving a template', () => {
  test('takes it out of use and puts it back, and both are told to the page', async () => {
    const { app, accountId } = await startStage();
    const [first] = (await app().succeed('template.list', { accountId })).templates;
    const templateId = first?.id ?? 0;
    const archived = await app().succeed('template.archive', { templateId, archived: true });
    expect(archived.archivedAt).not.toBeNull();
    const { templates } = await app().succeed('template.list', { accountId });
    expect(templates.find(({ id }) => id === templateId)).toEqual(archived);
    expect(await app().succeed('template.archive', { templateId, archived: false })).toMatchObject({
      archivedAt: null,
    });
    const told = app().events.filter(
      ({ name, payload }) => name === 'record.changed' && 'kind' in payload && payload.kind === 'template',
    );
    expect(told.length).toBeGreaterThanOrEqual(2);
  });

  test('of a template that is not there is refused', async () => {
    const { app } = await startStage();
    expect(await app().refuse('template.archive', { templateId: 99, archived: true })).toMatchObject({
      code: 'template.not-found',
    });
  });
});

describe('the look of an account', () => {
  test('changes in what is named and stays in the rest', async () => {
    const { app, accountId } = await startStage();
    const [before] = (await app().succeed('account.list', {})).accounts;
    const renamed = await app().succeed('account.update', { accountId, name: ' 青禾茶业 ' });
    expect(renamed).toEqual({ ...before, name: '青禾茶业' });
    const coloured = await app().succeed('account.update', { accountId, colour: 'magenta' });
    expect(coloured).toEqual({ ...renamed, colour: 'magenta' });
  });

  test('takes no name that another account has', async () => {
    const { app, accountId } = await startStage();
    await app().succeed('account.create', { name: '云上民宿', kind: 'practice' });
    expect(await app().refuse('account.update', { accountId, name: '云上民宿' })).toMatchObject({
      code: 'account.name-taken',
    });
  });

  test('is what later errors name the account by', async () => {
    const stage = await startStage();
    const app = await stage.reopen({ secret: '' });
    await app.refuse('account.check', { accountId: stage.accountId });
    await app.succeed('account.update', { accountId: stage.accountId, name: '改过的名字' });
    const { text } = await app.refuse('account.check', { accountId: stage.accountId });
    expect(text.zhCN).toContain('改过的名字');
  });
});

test('an uploaded logo is kept with the account for its next templates', async () => {
  const { app, accountId, dataFolder } = await startStage();
  const path = join(dataFolder, 'logo.png');
  // The least that WeChat takes for a picture: the signature of a PNG.
  writeFileSync(path, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
  const admitted = await app().files.admit(path);
  if (!admitted.ok) throw new Error(admitted.error.code);
  const { url } = await app().succeed('logo.upload', { accountId, file: admitted.value.token });
  const { accounts } = await app().succeed('account.list', {});
  expect(accounts.find(({ id }) => id === accountId)?.logoUrl).toBe(url);
  await app().succeed('template.create', { accountId, content: { ...templateContent, logoUrl: url } });
});

test('without a window there is no folder to open', async () => {
  const { app } = await startStage();
  expect(await app().refuse('folder.open', {})).toMatchObject({ code: 'window.needed' });
});

test('what is there now is counted for the question before a restore', async () => {
  const stage = await startStage();
  await stage.draft();
  expect(await stage.app().succeed('backup.present', {})).toEqual({ invoices: 1, issued: 0, unknown: 0, events: 0 });
});

describe('the log', () => {
  test('is empty where nothing was written', async () => {
    const { app } = await startStage();
    expect(await app().succeed('log.read', {})).toEqual({ text: '' });
  });

  test('is read from its end, in whole lines, with every secret taken out', async () => {
    const { app, dataFolder } = await startStage();
    mkdirSync(join(dataFolder, 'logs'), { recursive: true });
    const lines = Array.from({ length: 2000 }, (_, index) => `[info] line ${index} ${'x'.repeat(40)}`);
    const secret = 'https://api.weixin.qq.com/cgi-bin/token?secret=verysecret';
    writeFileSync(join(dataFolder, 'logs', 'main.log'), `${[...lines, secret].join('\n')}\n`);
    const { text } = await app().succeed('log.read', {});
    expect(text.startsWith('[info] line ')).toBe(true);
    expect(text).not.toContain('line 0 ');
    expect(text).toContain('line 1999 ');
    expect(text).not.toContain('verysecret');
  });
});

describe('the diagnostics', () => {
  async function savedBy(stage: Awaited<ReturnType<typeof startStage>>, name = 'diagnostics.txt') {
    const path = join(stage.dataFolder, name);
    const target = await stage.app().files.admitTarget(path);
    if (!target.ok) throw new Error(target.error.code);
    return { path, target: target.value };
  }

  test('say versions, checks, rows, schema and log, and nothing of what the records are about', async () => {
    const stage = await startStage();
    await stage.draft();
    const [account] = (await stage.app().succeed('account.list', {})).accounts;
    const [template] = (await stage.app().succeed('template.list', { accountId: stage.accountId })).templates;
    const [invoice] = (await stage.app().succeed('invoice.list', { limit: 1 })).invoices;
    mkdirSync(join(stage.dataFolder, 'logs'), { recursive: true });
    const logged = `[info] wechat.call ${join(homedir(), 'a.pdf')} https://api.weixin.qq.com/x?access_token=verysecret`;
    writeFileSync(join(stage.dataFolder, 'logs', 'main.log'), `${logged}\n`);
    const { path, target } = await savedBy(stage);
    expect(await stage.app().succeed('diagnostics.save', { target })).toEqual({ name: 'diagnostics.txt' });
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(`node ${process.versions.node}`);
    expect(text).toMatch(/^good {2}database {2}The database is sound/m);
    expect(text).toMatch(/^invoice {2}1$/m);
    expect(text).toMatch(/^invoice · \w+ {2}1$/m);
    expect(text).toContain('CREATE TABLE invoice');
    expect(text).toContain('[info] wechat.call ~');
    const { title, billingNo, orderId } = invoice?.fields ?? {};
    const kept = [account?.name, template?.title, title, billingNo, orderId, stage.dataFolder, homedir(), 'verysecret'];
    for (const content of kept) expect(content && text.includes(content), content).toBe(false);
  });

  test('that cannot be written are refused with the name of the file', async () => {
    const stage = await startStage();
    mkdirSync(join(stage.dataFolder, 'taken'));
    const { target } = await savedBy(stage, 'taken');
    expect(await stage.app().refuse('diagnostics.save', { target })).toMatchObject({
      code: 'file.not-writable',
      details: { file: 'taken' },
    });
  });
});
