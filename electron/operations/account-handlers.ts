import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { Account } from '../../shared/contract/account-operations.ts';
import type { Handlers, InputOf } from '../../shared/contract/contract.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { obtainPlatformId } from '../accounts/obtain-platform-id.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import { isUniqueViolation } from '../records/database.ts';
import { checkBaseUrl } from '../wechat/base-url.ts';
import { findAccount, type HandlerParts, isoNow } from './handler-parts.ts';

type Names =
  | 'account.list'
  | 'account.create'
  | 'account.check'
  | 'credentials.save'
  | 'credentials.clear'
  | 'practice.configure'
  | 'practice.authorise';

const wechatBaseUrl = 'https://api.weixin.qq.com';
const colours = ['green', 'blue', 'purple', 'orange', 'cyan', 'magenta'] as const;

/** An account as it is shown: with the place of its secret, never the secret. */
export async function accountOutput(parts: HandlerParts, account: StoredAccount): Promise<Account> {
  const { customerMustAuthorise: _hidden, ...shown } = account;
  const secretPlace =
    account.kind === 'practice'
      ? 'practice'
      : await parts.secrets.place({ accountId: account.id, appid: account.appid, purpose: 'app-secret' });
  const baseUrl = account.kind === 'practice' ? (parts.practice.url() ?? '') : account.baseUrl;
  return { ...shown, baseUrl, secretPlace };
}

/** What a new account's appid and address are, or why they cannot be. */
function identity(input: InputOf<'account.create'>): Result<{ appid: string; baseUrl: string }, AppError> {
  if (input.kind === 'practice')
    return ok({ appid: input.appid ?? `wx${randomBytes(8).toString('hex')}`, baseUrl: '' });
  if (!input.appid)
    return fail(
      appError('input.invalid', { field: 'appid', reason: '真实账号需要 AppID / is required for a real account' }),
    );
  const baseUrl = checkBaseUrl(input.baseUrl ?? wechatBaseUrl);
  return baseUrl.ok ? ok({ appid: input.appid, baseUrl: baseUrl.value }) : baseUrl;
}

async function createAccount(
  parts: HandlerParts,
  input: InputOf<'account.create'>,
): Promise<Result<Account, AppError>> {
  const { accounts, settings } = parts.records;
  const who = identity(input);
  if (!who.ok) return who;
  if (input.kind === 'practice') {
    // Before the account is stored: a server that cannot start must not leave half an account behind.
    const started = await parts.practice.address();
    if (!started.ok) return started;
  }
  const colour = input.colour ?? colours[accounts.list().length % colours.length] ?? 'green';
  try {
    const { name, kind } = input;
    const account = accounts.create({ name, kind, colour, ...who.value, createdAt: isoNow(parts) });
    if (account.kind === 'practice') {
      const introduced = await parts.practice.introduce(account);
      if (!introduced.ok) return introduced;
    }
    if (settings.read().currentAccountId === null) settings.write({ currentAccountId: account.id });
    parts.emit('record.changed', { kind: 'account', id: account.id });
    return ok(await accountOutput(parts, account));
  } catch (error) {
    if (isUniqueViolation(error)) return fail(appError('account.name-taken', { account: input.name }));
    throw error;
  }
}

export function createAccountHandlers(parts: HandlerParts): Pick<Handlers, Names> {
  const { records, secrets } = parts;
  return {
    'account.list': async () =>
      ok({ accounts: await Promise.all(records.accounts.list().map((account) => accountOutput(parts, account))) }),
    'account.create': (input) => createAccount(parts, input),
    'account.check': async ({ accountId }) => {
      const client = await parts.clients.of(accountId);
      if (!client.ok) return client;
      const token = await client.value.fetchToken();
      if (!token.ok) return token;
      // The first call that needs the plug-in 电子发票: without it WeChat answers 48001.
      const contact = await client.value.readContact();
      return contact.ok ? ok({ tokenExpiresInSeconds: token.value.expiresInSeconds, contact: contact.value }) : contact;
    },
    'credentials.save': async ({ accountId, appSecret }) => {
      const account = findAccount(parts, accountId);
      if (!account.ok) return account;
      const secretPlace = await secrets.save(
        { accountId, appid: account.value.appid, purpose: 'app-secret' },
        appSecret,
      );
      await parts.clients.drop(accountId);
      parts.emit('record.changed', { kind: 'account', id: accountId });
      return ok({ secretPlace });
    },
    'credentials.clear': async ({ accountId }) => {
      const account = findAccount(parts, accountId);
      if (!account.ok) return account;
      const secretPlace = await secrets.clear({ accountId, appid: account.value.appid, purpose: 'app-secret' });
      await parts.clients.drop(accountId);
      parts.emit('record.changed', { kind: 'account', id: accountId });
      return ok({ secretPlace });
    },
    'practice.configure': async ({ accountId, customerMustAuthorise }) => {
      const account = findAccount(parts, accountId);
      if (!account.ok) return account;
      const introduced = await parts.practice.introduce({ ...account.value, customerMustAuthorise });
      if (!introduced.ok) return introduced;
      records.accounts.setCustomerMustAuthorise(accountId, customerMustAuthorise);
      return ok({ customerMustAuthorise });
    },
    'practice.authorise': async ({ accountId, orderId }) => {
      const account = findAccount(parts, accountId);
      if (!account.ok) return account;
      if (account.value.kind !== 'practice')
        return fail(appError('practice.not-an-account', { account: account.value.name }));
      const control = await parts.practice.control();
      if (!control.ok) return control;
      await control.value.authorise({ appid: account.value.appid, orderId });
      return ok({});
    },
  };
}

export function createTemplateHandlers(
  parts: HandlerParts,
): Pick<Handlers, 'platform.obtainId' | 'logo.upload' | 'template.list' | 'template.create'> {
  const { records } = parts;
  return {
    'platform.obtainId': async ({ accountId }) => {
      const client = await parts.clients.of(accountId);
      if (!client.ok) return client;
      return obtainPlatformId({ accounts: records.accounts, emit: parts.emit }, accountId, client.value);
    },
    'logo.upload': async ({ accountId, file }) => {
      const path = parts.files.resolve(file);
      if (!path.ok) return path;
      const client = await parts.clients.of(accountId);
      if (!client.ok) return client;
      const uploaded = await client.value.uploadLogo({ path: path.value, fileName: basename(path.value) });
      if (!uploaded.ok) return uploaded;
      records.accounts.setLogo(accountId, uploaded.value.url);
      parts.emit('record.changed', { kind: 'account', id: accountId });
      return uploaded;
    },
    'template.list': async ({ accountId }) => {
      const account = findAccount(parts, accountId);
      return account.ok ? ok({ templates: records.templates.listOfAccount(accountId) }) : account;
    },
    'template.create': async ({ accountId, content }) => {
      const client = await parts.clients.of(accountId);
      if (!client.ok) return client;
      const answer = await client.value.createTemplate(content);
      if (!answer.ok) return answer;
      const template = records.templates.create({
        ...content,
        accountId,
        cardId: answer.value.cardId,
        createdAt: isoNow(parts),
      });
      parts.emit('record.changed', { kind: 'template', id: template.id });
      return ok(template);
    },
  };
}
