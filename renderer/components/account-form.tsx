import { zodResolver } from '@hookform/resolvers/zod';
import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { Controller, type ControllerRenderProps, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod';
import type { Account } from '../../shared/contract/account-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { toHalfWidth } from '../../shared/invoice/money.ts';
import { ok, type Result } from '../../shared/result.ts';
import { call } from '../api/call.ts';
import { ErrorNotice } from './error-notice.tsx';
import { spinning } from './spinning.tsx';

const faults = ['nameMissing', 'nameLong', 'appid', 'secret'] as const;
type Fault = (typeof faults)[number];
const fault = (name: Fault) => name;

const formSchema = z.object({
  name: z.string().trim().min(1, fault('nameMissing')).max(60, fault('nameLong')),
  appid: z
    .string()
    .trim()
    .regex(/^wx[0-9a-f]{16}$/, fault('appid')),
  appSecret: z
    .string()
    .trim()
    .regex(/^[0-9a-zA-Z]{8,200}$/, fault('secret')),
});
type FormValues = z.output<typeof formSchema>;

/** Creates the account where there is none yet, stores its secret, and has WeChat check it where that is wanted now. */
async function register(
  form: FormValues,
  existing: Account | undefined,
  check: boolean,
  onCreated: (account: Account) => void,
): Promise<Result<Account, AppError>> {
  const made = existing
    ? ok(existing)
    : await call('account.create', { name: form.name, appid: form.appid, kind: 'wechat' });
  if (!made.ok) return made;
  if (!existing) onCreated(made.value);
  const accountId = made.value.id;
  const saved = await call('credentials.save', { accountId, appSecret: form.appSecret });
  if (!saved.ok) return saved;
  if (!check) return made;
  const checked = await call('account.check', { accountId });
  return checked.ok ? made : checked;
}

type FieldProps = Omit<ControllerRenderProps, 'ref'> & { readonly ref: unknown };

function AccountField(props: {
  readonly field: FieldProps;
  readonly message: string | undefined;
  readonly secret?: boolean;
  readonly disabled?: boolean;
  readonly monospaced?: boolean;
}) {
  const { field, message, secret = false, disabled = false, monospaced = false } = props;
  const { t } = useTranslation();
  const name = field.name as keyof FormValues; // The three controllers below have no other names.
  const known = faults.find((one) => one === message);
  const id = `account-${name}`;
  const Control = secret ? Input.Password : Input;
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{t(`account.form.${name}`)}</label>
      </div>
      <Control
        id={id}
        name={name}
        value={String(field.value ?? '')}
        onChange={({ target }) =>
          field.onChange(monospaced ? toHalfWidth(target.value).replaceAll(/\s/g, '') : target.value)
        }
        onBlur={field.onBlur}
        disabled={disabled}
        autoComplete="off"
        spellCheck={false}
        {...(known ? { status: 'error' as const, 'aria-invalid': true } : {})}
        aria-describedby={`${id}-notes`}
      />
      <p id={`${id}-notes`} className="note note-quiet" aria-live="polite">
        {known ? <span className="note-fault">{t(`account.fault.${known}`)}</span> : t(`account.hint.${name}`)}
      </p>
    </div>
  );
}

/** The form of a real account: its name, AppID and AppSecret. Of an existing one the AppSecret alone is asked for. */
export function AccountForm(props: {
  readonly existing: Account | undefined;
  /** Whether WeChat checks it at once; otherwise a later step does. */
  readonly check: boolean;
  readonly onCreated?: (account: Account) => void;
  readonly onChosen: (accountId: number) => Promise<AppError | undefined>;
  readonly onDone: () => void;
}) {
  const { existing, check, onChosen, onDone } = props;
  const { t } = useTranslation();
  const [created, setCreated] = useState(existing);
  const [error, setError] = useState<AppError>();
  const form = useForm<z.input<typeof formSchema>, unknown, FormValues>({
    resolver: zodResolver(formSchema),
    mode: 'onTouched',
    defaultValues: { name: existing?.name ?? '', appid: existing?.appid ?? '', appSecret: '' },
  });
  const { isSubmitting, errors } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    setError(undefined);
    const answer = await register(values, created, check, (account) => {
      setCreated(account);
      props.onCreated?.(account);
    });
    if (!answer.ok) return setError(answer.error);
    const failed = await onChosen(answer.value.id);
    return failed ? setError(failed) : onDone();
  });
  return (
    <form
      className="drawer-form"
      onSubmit={(event) => void submit(event)}
      aria-label={t('account.formTitle')}
      noValidate
    >
      {check && <p className="lead">{t('account.lead')}</p>}
      {(['name', 'appid', 'appSecret'] as const).map((name) => (
        <Controller
          key={name}
          name={name}
          control={form.control}
          render={({ field }) => (
            <AccountField
              field={field}
              message={errors[name]?.message}
              secret={name === 'appSecret'}
              monospaced={name !== 'name'}
              disabled={created !== undefined && name !== 'appSecret'}
            />
          )}
        />
      ))}
      <Alert type="info" showIcon title={t('account.secretStays')} />
      {error && <ErrorNotice error={error} actions={{ retry: () => void submit() }} />}
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={spinning(isSubmitting)}>
          {check ? t('account.saveAndCheck') : t('account.saveAndGoOn')}
        </Button>
      </div>
    </form>
  );
}
