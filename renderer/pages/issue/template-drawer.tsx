import { PictureOutlined } from '@ant-design/icons';
import { zodResolver } from '@hookform/resolvers/zod';
import { AutoComplete, Button, Drawer, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { type Control, useController, useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Account, Template, TemplateContent } from '../../../shared/contract/account-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { templateLimits } from '../../../shared/wechat/limits.ts';
import { call } from '../../api/call.ts';
import { CardPreview } from '../../components/card-preview.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { spinning } from '../../components/spinning.tsx';
import {
  blankTemplate,
  type CountedName,
  practiceTemplate,
  templateFaults,
  templateFormSchema,
  usedLength,
} from './template-form.ts';

type FieldName = keyof TemplateContent;
type FormControl = Control<TemplateContent, unknown, TemplateContent>;

const apiNames = {
  payee: 'payee',
  type: 'type',
  title: 'title',
  logoUrl: 'logo_url',
  customUrlName: 'custom_url_name',
  customUrl: 'custom_url',
  customUrlSubTitle: 'custom_url_sub_title',
  promotionUrlName: 'promotion_url_name',
  promotionUrl: 'promotion_url',
  promotionUrlSubTitle: 'promotion_url_sub_title',
} as const satisfies Record<FieldName, string>;

function isCounted(name: FieldName): name is CountedName {
  return name in templateLimits;
}

/** Label, API name, WeChat's own counting, the control, and what is wrong with it. */
function Frame(props: {
  readonly name: FieldName;
  readonly value: string;
  readonly message: string | undefined;
  readonly children: ReactNode;
}) {
  const { name, value, message, children } = props;
  const { t } = useTranslation();
  const id = `template-${name}`;
  const known = templateFaults.find((one) => one === message);
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{t(`template.${name}`)}</label>
        <code className="field-api">{apiNames[name]}</code>
        {isCounted(name) && (
          <span className="field-count">
            {t('template.count', { used: usedLength(value), most: templateLimits[name].chinese })}
          </span>
        )}
      </div>
      {children}
      <div id={`${id}-notes`} className="notes" aria-live="polite">
        {known && <p className="note note-fault">{t(`template.fault.${known}`)}</p>}
      </div>
    </div>
  );
}

function useTemplateField(control: FormControl, name: FieldName) {
  const { field, fieldState } = useController({ control, name });
  const message = fieldState.error?.message;
  const marks = {
    id: `template-${name}`,
    'aria-describedby': `template-${name}-notes`,
    ...(message ? { status: 'error' as const, 'aria-invalid': true } : {}),
  };
  return { field, message, marks };
}

function TextBox(props: { readonly control: FormControl; readonly name: FieldName; readonly placeholder?: string }) {
  const { control, name, placeholder } = props;
  const { field, message, marks } = useTemplateField(control, name);
  return (
    <Frame name={name} value={field.value} message={message}>
      <Input
        {...marks}
        value={field.value}
        placeholder={placeholder}
        autoComplete="off"
        onChange={field.onChange}
        onBlur={field.onBlur}
      />
    </Frame>
  );
}

function TypeBox({ control }: { readonly control: FormControl }) {
  const { t } = useTranslation();
  const { field, message, marks } = useTemplateField(control, 'type');
  const common = t('template.commonTypes', { returnObjects: true });
  return (
    <Frame name="type" value={field.value} message={message}>
      <AutoComplete
        {...marks}
        value={field.value}
        options={common.map((value) => ({ value }))}
        onChange={field.onChange}
        onBlur={field.onBlur}
      />
    </Frame>
  );
}

/** The logo is uploaded to WeChat at once; the card carries the address it answers with. */
function LogoBox({ control, accountId }: { readonly control: FormControl; readonly accountId: number }) {
  const { t } = useTranslation();
  const { field, message, marks } = useTemplateField(control, 'logoUrl');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError>();
  const upload = async () => {
    const chosen = await call('file.choose', { kind: 'image' });
    if (!chosen.ok) return setError(chosen.error);
    const { file } = chosen.value;
    if (!file) return undefined;
    setBusy(true);
    const uploaded = await call('logo.upload', { accountId, file: file.token });
    setBusy(false);
    setError(uploaded.ok ? undefined : uploaded.error);
    if (uploaded.ok) field.onChange(uploaded.value.url);
    return undefined;
  };
  return (
    <Frame name="logoUrl" value={field.value} message={message}>
      <div className="logo-row">
        <Input {...marks} readOnly value={field.value} placeholder={t('template.logoHint')} />
        <Button icon={<PictureOutlined aria-hidden="true" />} loading={spinning(busy)} onClick={() => void upload()}>
          {t('template.chooseLogo')}
        </Button>
      </div>
      {error && <ErrorNotice error={error} actions={{ 'choose-file': () => void upload() }} />}
    </Frame>
  );
}

function LivePreview({ control }: { readonly control: FormControl }) {
  // Watching the whole form yields all of its values, since each has a default.
  const values = useWatch({ control }) as TemplateContent;
  return <CardPreview template={values} />;
}

function TemplateForm(props: { readonly account: Account; readonly onCreated: (template: Template) => void }) {
  const { account, onCreated } = props;
  const { t } = useTranslation();
  const [error, setError] = useState<AppError>();
  const { control, handleSubmit, formState } = useForm<TemplateContent, unknown, TemplateContent>({
    resolver: zodResolver(templateFormSchema),
    mode: 'onChange',
    defaultValues:
      account.kind === 'practice'
        ? practiceTemplate({ payee: t('practice.payee'), type: t('practice.type'), title: t('practice.title') })
        : blankTemplate,
  });
  const submit = handleSubmit(async (content) => {
    const answer = await call('template.create', { accountId: account.id, content });
    if (answer.ok) onCreated(answer.value);
    else setError(answer.error);
  });
  return (
    <form className="drawer-form" onSubmit={(event) => void submit(event)} aria-label={t('template.new')} noValidate>
      <p className="lead">{t('template.lead')}</p>
      <LivePreview control={control} />
      <TextBox control={control} name="payee" />
      <TextBox control={control} name="title" />
      <TypeBox control={control} />
      <LogoBox control={control} accountId={account.id} />
      <fieldset>
        <legend>{t('template.customGroup')}</legend>
        <TextBox control={control} name="customUrlName" />
        <TextBox control={control} name="customUrlSubTitle" />
        <TextBox control={control} name="customUrl" placeholder={t('template.urlHint')} />
      </fieldset>
      <fieldset>
        <legend>{t('template.promotionGroup')}</legend>
        <TextBox control={control} name="promotionUrlName" />
        <TextBox control={control} name="promotionUrlSubTitle" />
        <TextBox control={control} name="promotionUrl" placeholder={t('template.urlHint')} />
      </fieldset>
      {error && <ErrorNotice error={error} actions={{ retry: () => void submit() }} />}
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={spinning(formState.isSubmitting)}>
          {t('template.create')}
        </Button>
      </div>
    </form>
  );
}

/** Makes an invoice card template, with the card as WeChat will draw it. */
export function TemplateDrawer(props: {
  readonly open: boolean;
  readonly account: Account;
  readonly onClose: () => void;
  readonly onCreated: (template: Template) => void;
}) {
  const { open, account, onClose, onCreated } = props;
  const { t } = useTranslation();
  return (
    <Drawer open={open} onClose={onClose} title={t('template.new')} size={480} destroyOnHidden>
      <TemplateForm account={account} onCreated={onCreated} />
    </Drawer>
  );
}
