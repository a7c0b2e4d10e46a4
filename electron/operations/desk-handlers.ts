import type { Handlers } from '../../shared/contract/contract.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { fail, ok } from '../../shared/result.ts';
import { isUniqueViolation } from '../records/database.ts';
import { accountOutput } from './account-handlers.ts';
import { findAccount, type HandlerParts, isoNow } from './handler-parts.ts';

type Names = 'template.archive' | 'account.update' | 'folder.open' | 'backup.present';

export function createDeskHandlers(parts: HandlerParts): Pick<Handlers, Names> {
  const { records } = parts;
  return {
    'template.archive': async ({ templateId, archived }) => {
      const template = records.templates.setArchived(templateId, archived ? isoNow(parts) : null);
      if (!template) return fail(appError('template.not-found'));
      parts.emit('record.changed', { kind: 'template', id: templateId });
      return ok(template);
    },
    'account.update': async ({ accountId, name, colour }) => {
      const known = findAccount(parts, accountId);
      if (!known.ok) return known;
      try {
        const account = records.accounts.change(accountId, { name, colour });
        if (!account) return fail(appError('account.not-found', { account: String(accountId) }));
        // Its client names the account in errors.
        if (account.name !== known.value.name) await parts.clients.drop(accountId);
        parts.emit('record.changed', { kind: 'account', id: accountId });
        return ok(await accountOutput(parts, account));
      } catch (error) {
        if (isUniqueViolation(error)) return fail(appError('account.name-taken', { account: name ?? '' }));
        throw error;
      }
    },
    'folder.open': async () => {
      if (!parts.openFolder) return fail(appError('window.needed'));
      const opened = await parts.openFolder(parts.dataFolder);
      return opened ? ok({}) : fail(appError('file.not-readable', { file: parts.dataFolder }));
    },
    'backup.present': async () => ok(parts.backups.countNow()),
  };
}
