import { useQueryClient } from '@tanstack/react-query';
import { Alert, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Contact } from '../../../shared/contract/merchant-operations.ts';
import type { useOperation } from '../../api/queries.ts';
import { useStep } from '../../api/use-step.ts';
import { Loading } from '../../components/loading.tsx';
import { MerchantError } from './merchant-error.tsx';
import {
  type ContactForm,
  contactFormOf,
  emptyContact,
  readContact,
  type TimeUnit,
  timeUnits,
} from './merchant-values.ts';
import { SaveBar } from './save-bar.tsx';
import { useKeptDraft } from './use-kept-draft.ts';
import { useSaving } from './use-saving.ts';

const apiNames = { phone: 'phone', timeOut: 'time_out' } as const;
const units = Object.keys(timeUnits) as TimeUnit[]; // the keys of a literal object

interface FieldsProps {
  readonly form: ContactForm;
  readonly faults: readonly ('phone' | 'timeOut')[];
  readonly onChange: (form: ContactForm) => void;
}

function Note({ id, fault, hint }: { readonly id: string; readonly fault: string | undefined; readonly hint: string }) {
  return (
    <p id={`${id}-notes`} className="note note-quiet" aria-live="polite">
      {fault ? <span className="note-fault">{fault}</span> : hint}
    </p>
  );
}

function ContactFields({ form, faults, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const invalid = (name: 'phone' | 'timeOut') =>
    faults.includes(name) ? { status: 'error' as const, 'aria-invalid': true } : {};
  return (
    <div className="fields fields-2">
      <div className="field">
        <div className="field-head">
          <label htmlFor="contact-phone">{t('merchant.contact.phone')}</label>
          <code className="field-api">{apiNames.phone}</code>
        </div>
        <Input
          id="contact-phone"
          value={form.phone}
          autoComplete="off"
          inputMode="tel"
          aria-describedby="contact-phone-notes"
          {...invalid('phone')}
          onChange={({ target }) => onChange({ ...form, phone: target.value })}
        />
        <Note
          id="contact-phone"
          hint={t('merchant.contact.phoneHint')}
          fault={faults.includes('phone') ? t('merchant.contact.fault.phone') : undefined}
        />
      </div>
      <div className="field">
        <div className="field-head">
          <label htmlFor="contact-time">{t('merchant.contact.timeOut')}</label>
          <code className="field-api">{apiNames.timeOut}</code>
        </div>
        <div className="merchant-time">
          <Input
            id="contact-time"
            value={form.time}
            autoComplete="off"
            inputMode="decimal"
            aria-describedby="contact-time-notes"
            {...invalid('timeOut')}
            onChange={({ target }) => onChange({ ...form, time: target.value })}
          />
          <Select<TimeUnit>
            aria-label={t('merchant.contact.unit')}
            value={form.unit}
            options={units.map((unit) => ({ value: unit, label: t(`merchant.contact.${unit}`) }))}
            onChange={(unit) => onChange({ ...form, unit })}
          />
        </div>
        <Note
          id="contact-time"
          hint={t('merchant.contact.timeOutHint')}
          fault={faults.includes('timeOut') ? t('merchant.contact.fault.timeOut') : undefined}
        />
      </div>
    </div>
  );
}

function ContactEditor({ account, contact }: { readonly account: Account; readonly contact: Contact | null }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const step = useStep();
  const draft = useKeptDraft('merchant-contact', account.id, contact ? contactFormOf(contact) : emptyContact);
  const reading = readContact(draft.value);
  const saving = useSaving(draft, reading.faults.length === 0, async () => {
    const answer = await step.run('merchant.saveContact', { accountId: account.id, contact: reading.contact });
    const key = ['merchant.readContact', { accountId: account.id }];
    if (answer) client.setQueryData<OutputOf<'merchant.readContact'>>(key, answer);
    return answer !== undefined;
  });
  return (
    <>
      {!contact && <Alert type="warning" showIcon title={t('merchant.contact.unset')} />}
      <ContactFields form={draft.value} faults={saving.tried ? reading.faults : []} onChange={draft.change} />
      <SaveBar
        account={account}
        what={t('merchant.contact.title')}
        draft={draft}
        isNew={!contact}
        step={step}
        saving={saving}
      />
    </>
  );
}

type ContactReading = ReturnType<typeof useOperation<'merchant.readContact'>>;

/** Whom customers can turn to: without it there are no links. */
export function ContactPanel({ account, reading }: { readonly account: Account; readonly reading: ContactReading }) {
  const { t } = useTranslation();
  return (
    <section className="settings-panel" aria-labelledby="merchant-contact">
      <h2 id="merchant-contact">{t('merchant.contact.title')}</h2>
      <p className="lead">{t('merchant.contact.why')}</p>
      {reading.error && (
        <MerchantError account={account} error={reading.error} onRetry={() => void reading.refetch()} />
      )}
      {!reading.data && !reading.error && <Loading />}
      {reading.data && <ContactEditor account={account} contact={reading.data.contact} />}
    </section>
  );
}
