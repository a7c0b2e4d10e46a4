import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { Relay } from '../../../shared/contract/relay-operations.ts';
import { useStep } from '../../api/use-step.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';

/** Which way an account's calls to WeChat go, and what belongs on the allow-list then. */
export function RelayRoute(props: {
  readonly account: Account;
  readonly relay: Relay;
  readonly onChanged: () => void;
}) {
  const { account, relay, onChanged } = props;
  const { t } = useTranslation();
  const step = useStep();
  const way = relay.carriesCalls ? 'relay' : 'direct';
  const choose = async (wanted: 'direct' | 'relay') => {
    await step.run('relay.setRoute', { accountId: account.id, carriesCalls: wanted === 'relay' });
    onChanged();
  };
  return (
    <span className="relay-route">
      <Segmented<'direct' | 'relay'>
        size="small"
        aria-label={t('relay.route.of', { name: account.name })}
        name={`relay-route-${account.id}`}
        value={way}
        disabled={step.busy}
        options={(['direct', 'relay'] as const).map((value) => ({ value, label: t(`relay.route.${value}`) }))}
        onChange={(wanted) => void choose(wanted)}
      />
      <span className="note note-quiet">{t(`relay.route.${way}Note`)}</span>
      {step.error && <ErrorNotice error={step.error} onClose={() => step.setError(undefined)} />}
    </span>
  );
}
