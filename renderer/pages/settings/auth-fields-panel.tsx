import { useQueryClient } from '@tanstack/react-query';
import { Alert, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import {
  type AuthFields,
  type Contact,
  type FieldChoice,
  fieldChoices,
} from '../../../shared/contract/merchant-operations.ts';
import { useOperation } from '../../api/queries.ts';
import { useStep } from '../../api/use-step.ts';
import { Loading } from '../../components/loading.tsx';
import { AuthPreview } from './auth-preview.tsx';
import { CustomFields } from './custom-fields.tsx';
import { MerchantError } from './merchant-error.tsx';
import { choiceOf, fieldNames, type Group, groups, hasCustomFault, suggestedFields } from './merchant-values.ts';
import { SaveBar } from './save-bar.tsx';
import { useKeptDraft } from './use-kept-draft.ts';
import { useSaving } from './use-saving.ts';

function Choices(props: {
  readonly fields: AuthFields;
  readonly group: Group;
  readonly onChange: (fields: AuthFields) => void;
}) {
  const { fields, group, onChange } = props;
  const { t } = useTranslation();
  return (
    <ul className="merchant-choices">
      {fieldNames[group].map((name) => {
        const field = t(`merchant.fields.field.${name}`);
        return (
          <li key={name}>
            <span>{field}</span>
            <Segmented<FieldChoice>
              size="small"
              name={`merchant-${group}-${name}`}
              aria-label={t('merchant.fields.choiceOf', { group: t(`merchant.fields.${group}`), field })}
              value={choiceOf(fields, group, name)}
              options={fieldChoices.map((value) => ({ value, label: t(`merchant.fields.choice.${value}`) }))}
              onChange={(choice) => onChange({ ...fields, [group]: { ...fields[group], [name]: choice } })}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** The fields as they are typed, saved in WeChat on demand only. */
function useFields(account: Account, read: AuthFields | null) {
  const client = useQueryClient();
  const step = useStep();
  const draft = useKeptDraft('merchant-fields', account.id, read ?? suggestedFields);
  const saving = useSaving(draft, !hasCustomFault(draft.value), async () => {
    const answer = await step.run('merchant.saveAuthFields', { accountId: account.id, fields: draft.value });
    const key = ['merchant.readAuthFields', { accountId: account.id }];
    if (answer) client.setQueryData<OutputOf<'merchant.readAuthFields'>>(key, answer);
    return answer !== undefined;
  });
  return { step, draft, saving };
}

function FieldsEditor(props: {
  readonly account: Account;
  readonly read: AuthFields | null;
  readonly contact: Contact | null;
}) {
  const { account, read, contact } = props;
  const { t } = useTranslation();
  const [group, setGroup] = useState<Group>('company');
  const { step, draft, saving } = useFields(account, read);
  const { value: fields, change } = draft;
  return (
    <>
      {!read && <Alert type="info" showIcon title={t('merchant.fields.unset')} />}
      <div className="merchant-sides">
        <div className="merchant-fields">
          <Segmented<Group>
            aria-label={t('merchant.fields.title')}
            value={group}
            options={groups.map((value) => ({ value, label: t(`merchant.fields.${value}`) }))}
            onChange={setGroup}
          />
          <Choices fields={fields} group={group} onChange={change} />
          <CustomFields
            key={group}
            custom={fields[group].custom}
            tried={saving.tried}
            onChange={(custom) => change({ ...fields, [group]: { ...fields[group], custom } })}
          />
        </div>
        <AuthPreview fields={fields} contact={contact} group={group} onGroup={setGroup} />
      </div>
      <SaveBar
        account={account}
        what={t('merchant.fields.title')}
        draft={draft}
        isNew={!read}
        step={step}
        saving={saving}
      />
    </>
  );
}

/** What customers are asked where they fill in the title, beside a sketch of that page. */
export function AuthFieldsPanel({ account, contact }: { readonly account: Account; readonly contact: Contact | null }) {
  const { t } = useTranslation();
  const reading = useOperation('merchant.readAuthFields', { accountId: account.id });
  return (
    <section className="settings-panel" aria-labelledby="merchant-fields">
      <h2 id="merchant-fields">{t('merchant.fields.title')}</h2>
      <p className="lead">{t('merchant.fields.why')}</p>
      {reading.error && (
        <MerchantError account={account} error={reading.error} onRetry={() => void reading.refetch()} />
      )}
      {!reading.data && !reading.error && <Loading />}
      {reading.data && <FieldsEditor account={account} read={reading.data.fields} contact={contact} />}
    </section>
  );
}
