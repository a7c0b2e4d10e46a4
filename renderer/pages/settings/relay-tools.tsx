import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Relay } from '../../../shared/contract/relay-operations.ts';
import { spinning } from '../../components/spinning.tsx';
import type { RelayAct, RelayActs } from './use-relay-acts.ts';

type AskedAct = Extract<RelayAct, 'rotateKey' | 'unpair'>;

/** What is asked before it is done: it cannot be taken back. */
function AskFirst(props: {
  readonly act: AskedAct | null;
  readonly name: string;
  readonly busy: boolean;
  readonly onYes: (act: AskedAct) => void;
  readonly onNo: () => void;
}) {
  const { act, name, busy, onYes, onNo } = props;
  const { t } = useTranslation();
  // While it closes it still shows what was asked.
  const [shown, setShown] = useState<AskedAct>('unpair');
  if (act && act !== shown) setShown(act);
  return (
    <Modal
      open={act !== null}
      title={t(`relay.ask.${shown}.title`, { name })}
      okText={t(`relay.ask.${shown}.yes`)}
      okButtonProps={{ danger: true, loading: spinning(busy) }}
      cancelText={t('relay.back')}
      onOk={() => onYes(shown)}
      onCancel={onNo}
    >
      <p>{t(`relay.ask.${shown}.text`)}</p>
    </Modal>
  );
}

/** The buttons of an account's relay. */
export function RelayTools(props: {
  readonly name: string;
  readonly relay: Relay;
  readonly acts: RelayActs;
  readonly onPairAgain: () => void;
  readonly onGone: () => void;
}) {
  const { name, relay, acts, onPairAgain, onGone } = props;
  const { t } = useTranslation();
  const [asked, setAsked] = useState<AskedAct | null>(null);
  const { running } = acts;
  const isDown = relay.state === 'offline' || relay.state === 'refused';
  const button = (act: RelayAct, onClick: () => void) => (
    <Button
      key={act}
      danger={act === 'unpair'}
      aria-label={t(`relay.${act}Name`, { name })}
      loading={spinning(running === act)}
      disabled={running !== undefined && running !== act}
      onClick={onClick}
    >
      {t(`relay.${act}`)}
    </Button>
  );
  const doAsked = async (act: AskedAct) => {
    const isDone = await acts.run(act);
    setAsked(null);
    if (isDone && act === 'unpair') onGone();
  };
  return (
    <div className="settings-tools">
      {isDown && button('reconnect', () => void acts.run('reconnect'))}
      {button('test', () => void acts.run('test'))}
      {button('rotateKey', () => setAsked('rotateKey'))}
      <Button aria-label={t('relay.pairing.againName', { name })} onClick={onPairAgain}>
        {t('relay.pairing.again')}
      </Button>
      {button('unpair', () => setAsked('unpair'))}
      <AskFirst
        act={asked}
        name={name}
        busy={running !== undefined}
        onYes={(act) => void doAsked(act)}
        onNo={() => setAsked(null)}
      />
    </div>
  );
}
