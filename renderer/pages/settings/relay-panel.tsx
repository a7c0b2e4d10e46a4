import { Alert, Tag } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { Relay } from '../../../shared/contract/relay-operations.ts';
import { formatBeijingInstant } from '../../../shared/invoice/beijing-time.ts';
import { call } from '../../api/call.ts';
import { AccountName } from '../../components/account-name.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { type ErrorActions, ErrorNotice } from '../../components/error-notice.tsx';
import { LastPush, RelayState, useTimeTaken } from '../../components/relay-state.tsx';
import { type FactRow, Facts } from './facts.tsx';
import { PairingForm } from './pairing-form.tsx';
import { RelayRoute } from './relay-route.tsx';
import { RelayTools } from './relay-tools.tsx';
import { type Done, useRelayActs } from './use-relay-acts.ts';

function RelayFacts(props: { readonly account: Account; readonly relay: Relay; readonly onChanged: () => void }) {
  const { account, relay, onChanged } = props;
  const { t } = useTranslation();
  const { relayUrl, secretPlace, unread } = relay;
  const rows: readonly FactRow[] = [
    [
      t('relay.fact.address'),
      <span key="address" className="account-fact">
        <code>{relayUrl}</code>
        <CopyButton text={relayUrl} what={t('relay.fact.address')} />
      </span>,
    ],
    [t('relay.fact.channel'), <code key="channel">{relay.channel}</code>],
    [
      t('relay.fact.keys'),
      <span key="keys" className={['missing', 'unreadable'].includes(secretPlace) ? 'note-warning' : ''}>
        {t(`settings.secretPlace.${secretPlace}`)}
      </span>,
    ],
    [t('relay.fact.pairedAt'), formatBeijingInstant(relay.pairedAt)],
    [t('relay.fact.lastEvent'), <LastPush key="last" relay={relay} />],
    [
      t('relay.fact.unread'),
      unread === 0 ? (
        t('relay.unreadNone')
      ) : (
        <span key="unread" className="account-fact">
          <span className="note-warning">{t('relay.unread', { count: unread })}</span>
          <Link className="text-link" href="/feed">
            {t('relay.unreadOpen')}
          </Link>
        </span>
      ),
    ],
  ];
  // A practice account's calls never leave this computer.
  const route: FactRow = [
    t('relay.fact.route'),
    <RelayRoute key="route" account={account} relay={relay} onChanged={onChanged} />,
  ];
  return <Facts rows={account.kind === 'practice' ? rows : [...rows, route]} />;
}

/** What was done last, said aloud as well. */
function DoneWords({ done }: { readonly done: Done | undefined }) {
  const { t } = useTranslation();
  const timeTaken = useTimeTaken();
  return (
    <div aria-live="polite">
      {done && <p className="settings-good">{t(`relay.told.${done.act}`, { time: timeTaken(done.seconds) })}</p>}
    </div>
  );
}

/** The relay's memory is another one than it was: what that means for the records here. */
function ResetWarning({ resetAt }: { readonly resetAt: string }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="warning"
      showIcon
      title={t('relay.resetTitle', { time: formatBeijingInstant(resetAt) })}
      description={t('relay.resetText')}
    />
  );
}

/** One account's relay: the form that connects it, or how it is and what can be done with it. */
export function RelayPanel(props: {
  readonly account: Account;
  readonly relay: Relay | undefined;
  readonly onChanged: () => void;
}) {
  const { account, relay, onChanged } = props;
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const [isPairingAgain, setPairingAgain] = useState(false);
  const acts = useRelayActs(account.id, onChanged);
  // What was pressed is gone afterwards: the focus is not to fall out of the panel.
  const backToHeading = () => heading.current?.focus();
  const closePairing = () => {
    setPairingAgain(false);
    backToHeading();
  };
  const onPaired = () => {
    acts.forget();
    acts.tell('pair');
    closePairing();
  };
  const pairAgain = () => setPairingAgain(true);
  const steps: ErrorActions = { 'edit-input': pairAgain, 'open-data-folder': () => void call('folder.open', {}) };
  return (
    <section className="settings-panel" aria-label={account.name}>
      <div className="settings-head">
        <h2 ref={heading} tabIndex={-1}>
          <AccountName account={account} />
        </h2>
        {relay ? <RelayState relay={relay} /> : <Tag className="relay-none">{t('relay.state.none')}</Tag>}
      </div>
      {relay?.error && (
        <ErrorNotice error={relay.error} actions={{ ...steps, retry: () => void acts.run('reconnect') }} />
      )}
      {relay && relay.resetAt !== null && <ResetWarning resetAt={relay.resetAt} />}
      {relay && <RelayFacts account={account} relay={relay} onChanged={onChanged} />}
      {relay && (
        <RelayTools name={account.name} relay={relay} acts={acts} onPairAgain={pairAgain} onGone={backToHeading} />
      )}
      {(!relay || isPairingAgain) && (
        <PairingForm account={account} onPaired={onPaired} {...(relay ? { onKeep: closePairing } : {})} />
      )}
      <DoneWords done={acts.done} />
      {acts.error && <ErrorNotice error={acts.error} actions={{ ...steps, retry: acts.again }} onClose={acts.forget} />}
    </section>
  );
}
