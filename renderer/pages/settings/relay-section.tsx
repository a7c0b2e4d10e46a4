import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { useOperation } from '../../api/queries.ts';
import { useAccounts } from '../../app/accounts.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { RelayPanel } from './relay-panel.tsx';

/** What is typed where the relay is to run; the same in every language. */
const commands = ['npm ci', 'npm run relay -- init --url https://relay.example.com', 'npm run relay -- serve'].join(
  '\n',
);

function HowToGetOne() {
  const { t } = useTranslation();
  return (
    <section className="settings-panel" aria-labelledby="settings-get-relay">
      <div className="settings-head">
        <h2 id="settings-get-relay">{t('relay.get.title')}</h2>
        <CopyButton text={commands} what={t('relay.get.commands')} label={t('relay.get.copy')} />
      </div>
      <p className="lead">{t('relay.get.text')}</p>
      <pre className="relay-commands">
        <code>{commands}</code>
      </pre>
      <p className="lead">{t('relay.get.more')}</p>
    </section>
  );
}

/** The relay of each account: what it is for, how to get one, and how it is. */
export function RelaySection() {
  const { t } = useTranslation();
  const { accounts } = useAccounts();
  const reading = useOperation('relay.list', {});
  const relays = reading.data?.relays;
  const relayOf = (accountId: number) => relays?.find((relay) => relay.accountId === accountId);
  const refresh = () => void reading.refetch();
  return (
    <div className="settings-section">
      <p className="lead">{t('relay.lead')}</p>
      {reading.error && <ErrorNotice error={reading.error} actions={{ retry: refresh }} />}
      {accounts.length === 0 && <Empty description={t('relay.noAccounts')} />}
      {accounts.length > 0 && !relays && !reading.error && <Loading />}
      {relays && accounts.some(({ id }) => !relayOf(id)) && <HowToGetOne />}
      {relays &&
        accounts.map((account) => (
          <RelayPanel key={account.id} account={account} relay={relayOf(account.id)} onChanged={refresh} />
        ))}
    </div>
  );
}
