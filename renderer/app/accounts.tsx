import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import type { Account } from '../../shared/contract/account-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { useOperation } from '../api/queries.ts';
import { AccountDrawer } from '../components/account-drawer.tsx';
import { ErrorNotice } from '../components/error-notice.tsx';
import { Loading } from '../components/loading.tsx';
import { useSettings } from './settings.tsx';

interface AccountsAccess {
  readonly accounts: readonly Account[];
  /** The account the window works for; undefined while there is none or none was chosen. */
  readonly current: Account | undefined;
  readonly choose: (accountId: number) => Promise<AppError | undefined>;
  /** Opens the form of a real account: a new one, or one whose AppSecret is to be entered. */
  readonly edit: (account: Account | 'new') => void;
}

const AccountsContext = createContext<AccountsAccess | null>(null);

export function AccountsProvider({ children }: { readonly children: ReactNode }) {
  const { settings, change } = useSettings();
  const reading = useOperation('account.list', {});
  const [edited, setEdited] = useState<Account | 'new' | null>(null);
  const list = reading.data?.accounts;
  const access = useMemo<AccountsAccess>(() => {
    const accounts = list ?? [];
    const only = accounts.length === 1 ? accounts[0] : undefined;
    return {
      accounts,
      current: accounts.find(({ id }) => id === settings.currentAccountId) ?? only,
      choose: async (accountId) => {
        const answer = await change({ currentAccountId: accountId });
        return answer.ok ? undefined : answer.error;
      },
      edit: setEdited,
    };
  }, [list, settings.currentAccountId, change]);
  if (reading.error)
    return (
      <main className="start-failed">
        <ErrorNotice error={reading.error} actions={{ retry: () => void reading.refetch() }} />
      </main>
    );
  if (!list) return <Loading />;
  return (
    <AccountsContext value={access}>
      {children}
      <AccountDrawer account={edited} onClose={() => setEdited(null)} onChosen={access.choose} />
    </AccountsContext>
  );
}

export function useAccounts(): AccountsAccess {
  const access = use(AccountsContext);
  if (!access) throw new Error('useAccounts outside of AccountsProvider');
  return access;
}
