import { Input, Modal, Radio, theme } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Account, accountColours } from '../../../shared/contract/account-operations.ts';
import { useStep } from '../../api/use-step.ts';
import { accountColour } from '../../app/tokens.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { spinning } from '../../components/spinning.tsx';

/** By which name and colour people know an account. */
export function AccountLookDialog(props: {
  readonly account: Account;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const { account, open, onClose } = props;
  return open ? <LookForm key={account.id} account={account} onClose={onClose} /> : null;
}

function LookForm({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const step = useStep();
  const [name, setName] = useState(account.name);
  const [colour, setColour] = useState(account.colour);
  const fault = name.trim() === '' ? 'nameMissing' : [...name.trim()].length > 60 ? 'nameLong' : undefined;
  const save = async () => {
    if (fault) return;
    const saved = await step.run('account.update', { accountId: account.id, name, colour });
    if (saved) onClose();
  };
  return (
    <Modal
      open
      title={t('settings.accounts.edit')}
      okText={t('settings.accounts.save')}
      cancelText={t('settings.accounts.cancel')}
      okButtonProps={{ disabled: fault !== undefined, loading: spinning(step.busy) }}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <div className="drawer-form">
        <div className="field">
          <div className="field-head">
            <label htmlFor="account-look-name">{t('settings.accounts.name')}</label>
          </div>
          <Input
            id="account-look-name"
            value={name}
            onChange={({ target }) => setName(target.value)}
            onPressEnter={() => void save()}
            autoComplete="off"
            aria-describedby="account-look-notes"
            {...(fault ? { status: 'error' as const, 'aria-invalid': true } : {})}
          />
          <p id="account-look-notes" className="note note-fault" aria-live="polite">
            {fault && t(`account.fault.${fault}`)}
          </p>
        </div>
        <Radio.Group
          aria-label={t('settings.accounts.colour')}
          value={colour}
          onChange={({ target }) => setColour(target.value)}
          options={accountColours.map((value) => ({
            value,
            label: (
              <span className="account-name">
                <span className="account-dot" style={{ background: accountColour(token, value) }} aria-hidden="true" />
                {t(`settings.accounts.colours.${value}`)}
              </span>
            ),
          }))}
        />
        {step.error && <ErrorNotice error={step.error} />}
      </div>
    </Modal>
  );
}
