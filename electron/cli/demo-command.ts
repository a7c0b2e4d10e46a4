import { join } from 'node:path';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { App } from '../app.ts';
import { createPracticeControl } from '../practice/practice-control.ts';
import { admitFile, callOperation } from './client.ts';
import { issueTable } from './issue-command.ts';
import type { Output } from './output.ts';

const accountName = '练习商户';
const tableName = '发票.csv';

async function ensureAccount(app: App): Promise<Result<number, AppError>> {
  const listed = await callOperation(app, 'account.list', {});
  if (!listed.ok) return listed;
  const existing = listed.value.accounts.find(({ name }) => name === accountName);
  if (existing) return ok(existing.id);
  const created = await callOperation(app, 'account.create', { name: accountName, kind: 'practice' });
  return created.ok ? ok(created.value.id) : created;
}

async function introduce(app: App, accountId: number, output: Output): Promise<Result<void, AppError>> {
  const platform = await callOperation(app, 'platform.obtainId', { accountId });
  if (!platform.ok) return platform;
  const info = await callOperation(app, 'app.info', {});
  if (!info.ok) return info;
  const { platformId } = platform.value;
  output.say({
    zhCN: `练习服务器：${info.value.practiceUrl}\n账号：${accountName}，开票平台识别码 ${platformId}`,
    en: `Practice server: ${info.value.practiceUrl}\nAccount: ${accountName}, platform ID ${platformId}`,
  });
  return ok(undefined);
}

async function ensureTemplate(app: App, accountId: number, logo: string): Promise<Result<number, AppError>> {
  const listed = await callOperation(app, 'template.list', { accountId });
  if (!listed.ok) return listed;
  const [existing] = listed.value.templates;
  if (existing) return ok(existing.id);
  const file = await admitFile(app, 'file', logo);
  if (!file.ok) return file;
  const uploaded = await callOperation(app, 'logo.upload', { accountId, file: file.value });
  if (!uploaded.ok) return uploaded;
  const created = await callOperation(app, 'template.create', {
    accountId,
    content: {
      payee: '云杉练习商贸有限公司',
      type: '增值税电子普通发票',
      title: '云杉练习商贸',
      logoUrl: uploaded.value.url,
    },
  });
  return created.ok ? ok(created.value.id) : created;
}

async function countCards(app: App): Promise<Result<number, AppError>> {
  const info = await callOperation(app, 'app.info', {});
  if (!info.ok) return info;
  if (info.value.practiceUrl === null) return fail(appError('practice.not-running'));
  const books = await createPracticeControl(info.value.practiceUrl).books();
  return ok(books.cards.length);
}

/** `demo`: the main job on the samples — practice server, account, template, table and PDFs in, cards and report out. */
export async function demoCommand(
  app: App,
  resources: string,
  output: Output,
  isInterrupted: () => boolean,
): Promise<Result<boolean, AppError>> {
  const samples = join(resources, 'samples');
  const accountId = await ensureAccount(app);
  if (!accountId.ok) return accountId;
  const introduced = await introduce(app, accountId.value, output);
  if (!introduced.ok) return introduced;
  const templateId = await ensureTemplate(app, accountId.value, join(resources, 'icons', 'practice-logo.png'));
  if (!templateId.ok) return templateId;
  const before = await countCards(app);
  if (!before.ok) return before;
  const table = await admitFile(app, 'file', join(samples, tableName));
  if (!table.ok) return table;
  const pdfFolder = await admitFile(app, 'folder', join(samples, 'pdf'));
  if (!pdfFolder.ok) return pdfFolder;
  const source = {
    accountId: accountId.value,
    templateId: templateId.value,
    table: table.value,
    pdfFolder: pdfFolder.value,
  };
  const batch = await issueTable(app, source, { concurrency: 4, report: undefined, isInterrupted }, output);
  if (!batch.ok) return batch;
  const after = await countCards(app);
  if (!after.ok) return after;
  const added = after.value - before.value;
  output.say({
    zhCN: `练习服务器的账本：现有卡券 ${after.value} 张，本次新增 ${added} 张`,
    en: `The practice server's own books: ${after.value} cards, ${added} of them new`,
  });
  if (added === 0) output.say({ zhCN: '没有重复开具任何发票。', en: 'Nothing was issued twice.' });
  output.result({ ok: true, cards: after.value, newCards: added });
  return ok(added === batch.value.counts.issued);
}
