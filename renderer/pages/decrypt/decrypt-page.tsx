import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/account-operations.ts';
import { useOperation } from '../../api/queries.ts';
import { AccountNeeded } from '../../app/account-needed.tsx';
import { DecodeForm } from './decode-form.tsx';
import './decrypt.css';
import { DecodedHistory } from './history.tsx';
import { ResultTable } from './result-table.tsx';
import { useDecoding } from './use-decoding.ts';

function DecryptDesk({ account }: { readonly account: Account }) {
  const templates = useOperation('template.list', { accountId: account.id });
  const decoding = useDecoding(account.id);
  const known = templates.data?.templates ?? [];
  return (
    <div className="decrypt">
      <DecodeForm account={account} decoding={decoding} />
      {decoding.rows.length > 0 && <ResultTable rows={decoding.rows} templates={known} />}
      <DecodedHistory accountId={account.id} templates={known} />
    </div>
  );
}

/** The codes in the links that bring a customer from a card to the shop's own site. */
export function DecryptPage() {
  const { t } = useTranslation();
  return (
    <AccountNeeded reason={t('decrypt.noAccount')}>
      {(account) => <DecryptDesk key={account.id} account={account} />}
    </AccountNeeded>
  );
}
