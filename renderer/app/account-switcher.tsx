import { DownOutlined, KeyOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown, type MenuProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../shared/errors/app-error.ts';
import { AccountName } from '../components/account-name.tsx';
import { ErrorNotice } from '../components/error-notice.tsx';
import { useAccounts } from './accounts.tsx';

/** Name and colour of the account that is worked for, and the way to another one. */
export function AccountSwitcher() {
  const { t } = useTranslation();
  const { accounts, current, choose, edit } = useAccounts();
  const [error, setError] = useState<AppError>();
  const needsSecret = current?.kind === 'wechat' && current.secretPlace === 'missing';
  const items: NonNullable<MenuProps['items']> = [
    ...accounts.map((account) => ({
      key: String(account.id),
      label: <AccountName account={account} />,
      onClick: () => void choose(account.id).then(setError),
    })),
    ...(accounts.length > 0 ? [{ type: 'divider' as const }] : []),
    ...(current && needsSecret
      ? [
          {
            key: 'secret',
            icon: <KeyOutlined aria-hidden="true" />,
            label: t('account.enterSecret'),
            onClick: () => edit(current),
          },
        ]
      : []),
    { key: 'new', icon: <PlusOutlined aria-hidden="true" />, label: t('account.addReal'), onClick: () => edit('new') },
  ];
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{ items, selectable: true, selectedKeys: current ? [String(current.id)] : [] }}
        placement="bottomRight"
      >
        <Button className="account-switcher">
          {current ? (
            <>
              <span className="only-read-aloud">{t('account.current')}</span>
              <AccountName account={current} />
            </>
          ) : (
            t(accounts.length === 0 ? 'account.none' : 'account.notChosen')
          )}
          <DownOutlined aria-hidden="true" />
        </Button>
      </Dropdown>
      {error && (
        <div className="frame-error">
          <ErrorNotice error={error} onClose={() => setError(undefined)} />
        </div>
      )}
    </>
  );
}
