import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/account-operations.ts';
import { useStep } from '../../api/use-step.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { spinning } from '../../components/spinning.tsx';

const longestCode = 4096;

/** What is wrong with a pairing code before anybody looks into it. */
function faultOf(code: string): 'missing' | 'long' | undefined {
  if (code.trim() === '') return 'missing';
  return code.trim().length > longestCode ? 'long' : undefined;
}

/** The code as it is typed: gone once it fits, and kept to be corrected until then. */
function usePairing(accountId: number, onPaired: () => void) {
  const step = useStep();
  const [code, setCode] = useState('');
  const [isTried, setTried] = useState(false);
  const pair = async () => {
    setTried(true);
    if (step.busy || faultOf(code)) return;
    const relay = await step.run('relay.pair', { accountId, pairingCode: code });
    if (!relay) return;
    setCode('');
    setTried(false);
    onPaired();
  };
  return { step, code, setCode, pair, fault: isTried ? faultOf(code) : undefined };
}

type Pairing = ReturnType<typeof usePairing>;

function CodeLine(props: {
  readonly id: string;
  readonly name: string;
  readonly pairing: Pairing;
  readonly onKeep: (() => void) | undefined;
}) {
  const { id, name, pairing, onKeep } = props;
  const { t } = useTranslation();
  const { code, setCode, fault, step } = pairing;
  return (
    <div className="relay-code">
      <Input.Password
        id={id}
        value={code}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-notes`}
        onChange={({ target }) => setCode(target.value)}
        {...(fault ? { status: 'error' as const, 'aria-invalid': true } : {})}
      />
      <Button
        type="primary"
        htmlType="submit"
        loading={spinning(step.busy)}
        aria-label={t('relay.pairing.form', { name })}
      >
        {t('relay.pairing.pair')}
      </Button>
      {onKeep && <Button onClick={onKeep}>{t('relay.pairing.keep')}</Button>}
    </div>
  );
}

/** Takes the pairing code of an account's relay in. */
export function PairingForm(props: {
  readonly account: Account;
  readonly onPaired: () => void;
  /** Given where there is a pairing already, which may be kept. */
  readonly onKeep?: () => void;
}) {
  const { account, onPaired, onKeep } = props;
  const { t } = useTranslation();
  const pairing = usePairing(account.id, onPaired);
  const { fault, pair, step } = pairing;
  const id = `relay-code-${account.id}`;
  const isCalledFor = onKeep !== undefined;
  useEffect(() => {
    if (isCalledFor) document.getElementById(id)?.focus();
  }, [isCalledFor, id]);
  return (
    <form
      className="relay-pairing"
      aria-label={t('relay.pairing.form', { name: account.name })}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void pair();
      }}
    >
      <div className="field">
        <div className="field-head">
          <label htmlFor={id}>{t('relay.pairing.code')}</label>
        </div>
        <CodeLine id={id} name={account.name} pairing={pairing} onKeep={onKeep} />
        <div id={`${id}-notes`} aria-live="polite">
          <p className={`note ${fault ? 'note-fault' : 'note-quiet'}`}>{t(`relay.pairing.${fault ?? 'hint'}`)}</p>
        </div>
      </div>
      {step.error && (
        <ErrorNotice
          error={step.error}
          actions={{ retry: () => void pair(), 'edit-input': () => document.getElementById(id)?.focus() }}
          onClose={() => step.setError(undefined)}
        />
      )}
    </form>
  );
}
