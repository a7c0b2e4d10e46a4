import { zodResolver } from '@hookform/resolvers/zod';
import { Alert, Button, Drawer, Input, Select } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type Control, Controller, useController, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { call } from '../../api/call.ts';
import { AccountName } from '../../components/account-name.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { spinning } from '../../components/spinning.tsx';
import { ReimburseTag } from '../../components/status-tag.tsx';
import { type PushForm, pushFaults, pushFormSchema, pushRequest } from './push-form.ts';

type Received = OutputOf<'push.receive'>;
type FormControl = Control<PushForm, unknown, PushForm>;
type TextName = Exclude<keyof PushForm, 'accountId'>;

function Frame(props: { readonly id: string; readonly label: string; readonly note: ReactNode; children: ReactNode }) {
  const { id, label, note, children } = props;
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
      </div>
      {children}
      <div id={`${id}-notes`} className="notes" aria-live="polite">
        {note}
      </div>
    </div>
  );
}

function TextBox(props: { readonly control: FormControl; readonly name: TextName; readonly hint?: string }) {
  const { control, name, hint } = props;
  const { t } = useTranslation();
  const { field, fieldState } = useController({ control, name });
  const known = pushFaults.find((one) => one === fieldState.error?.message);
  const id = `push-${name}`;
  const marks = {
    id,
    'aria-describedby': `${id}-notes`,
    autoComplete: 'off',
    spellCheck: false,
    value: field.value,
    onChange: field.onChange,
    onBlur: field.onBlur,
    ...(known ? { status: 'error' as const, 'aria-invalid': true } : {}),
  };
  const quiet = hint ? <p className="note note-quiet">{hint}</p> : null;
  const note = known ? <p className="note note-fault">{t(`feed.form.fault.${known}`)}</p> : quiet;
  const isSecret = name === 'token' || name === 'encodingAesKey';
  return (
    <Frame id={id} label={t(`feed.form.${name}`)} note={note}>
      {isSecret ? <Input.Password {...marks} /> : <Input.TextArea {...marks} rows={name === 'body' ? 6 : 3} />}
    </Frame>
  );
}

function AccountBox({ control, accounts }: { readonly control: FormControl; readonly accounts: readonly Account[] }) {
  const { t } = useTranslation();
  return (
    <Frame id="push-account" label={t('feed.form.account')} note={null}>
      <Controller
        name="accountId"
        control={control}
        render={({ field }) => (
          <Select
            id="push-account"
            value={field.value}
            options={accounts.map((account) => ({ value: account.id, label: <AccountName account={account} /> }))}
            onChange={field.onChange}
          />
        )}
      />
    </Frame>
  );
}

/** What the push was, and where it went. */
function ReceivedNotice({ received: { event, duplicate, type } }: { readonly received: Received }) {
  const { t } = useTranslation();
  if (duplicate) return <Alert role="status" type="info" showIcon title={t('feed.form.duplicate')} />;
  if (!event || event.status === '')
    return <Alert role="status" type="success" showIcon title={t('feed.form.other', { type })} />;
  return (
    <Alert
      role="status"
      type="success"
      showIcon
      title={t('feed.form.done')}
      description={
        <>
          <p>
            <ReimburseTag status={event.status} />
          </p>
          {event.invoiceId === null ? (
            <p>{t('feed.form.parked')}</p>
          ) : (
            <Link className="text-link" href={`/invoice/${event.invoiceId}`}>
              {t('feed.form.open', { id: event.invoiceId })}
            </Link>
          )}
        </>
      }
    />
  );
}

function PushFormBody({
  accounts,
  first,
}: {
  readonly accounts: readonly Account[];
  readonly first: Account | undefined;
}) {
  const { t } = useTranslation();
  const [error, setError] = useState<AppError | null>(null);
  const [received, setReceived] = useState<Received | null>(null);
  const { control, handleSubmit, formState } = useForm<PushForm, unknown, PushForm>({
    resolver: zodResolver(pushFormSchema),
    mode: 'onTouched',
    defaultValues: { accountId: (first ?? accounts[0])?.id ?? 0, address: '', body: '', token: '', encodingAesKey: '' },
  });
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The form is longer than a low window: what came of it is not to be below the edge.
    if (error || received) outcome.current?.scrollIntoView?.({ block: 'center' });
  }, [error, received]);
  const submit = handleSubmit(async (form) => {
    setError(null);
    setReceived(null);
    const answer = await call('push.receive', pushRequest(form));
    if (answer.ok) setReceived(answer.value);
    else setError(answer.error);
  });
  return (
    <form className="drawer-form" onSubmit={(event) => void submit(event)} aria-label={t('feed.form.title')} noValidate>
      <p className="lead">{t('feed.form.lead')}</p>
      {accounts.length > 1 && <AccountBox control={control} accounts={accounts} />}
      <TextBox control={control} name="address" hint={t('feed.form.addressHint')} />
      <TextBox control={control} name="body" />
      <TextBox control={control} name="token" />
      <TextBox control={control} name="encodingAesKey" />
      <Alert type="info" showIcon title={t('feed.form.notKept')} />
      <div ref={outcome}>
        {error && <ErrorNotice error={error} actions={{ retry: () => void submit() }} />}
        {received && <ReceivedNotice received={received} />}
      </div>
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={spinning(formState.isSubmitting)}>
          {t('feed.form.submit')}
        </Button>
      </div>
    </form>
  );
}

/** One push from a server's log, pasted; what is typed is gone once the drawer is closed. */
export function PushDrawer(props: {
  readonly open: boolean;
  readonly accounts: readonly Account[];
  readonly first: Account | undefined;
  readonly onClose: () => void;
}) {
  const { open, accounts, first, onClose } = props;
  const { t } = useTranslation();
  return (
    <Drawer open={open} onClose={onClose} title={t('feed.form.title')} size={520} destroyOnHidden>
      <PushFormBody accounts={accounts} first={first} />
    </Drawer>
  );
}
