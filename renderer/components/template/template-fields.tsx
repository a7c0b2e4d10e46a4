import { PictureOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Input } from 'antd';
import type { ReactNode } from 'react';
import { type Control, useController } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { TemplateContent } from '../../../shared/contract/account-operations.ts';
import { templateLimits } from '../../../shared/wechat/limits.ts';
import { ErrorNotice } from '../error-notice.tsx';
import { spinning } from '../spinning.tsx';
import { type CountedName, templateFaults, usedLength } from './template-form.ts';
import { useLogoUpload } from './use-logo-upload.ts';

type FieldName = keyof TemplateContent;
/** The form of a template, as its fields take part in it. */
export type FormControl = Control<TemplateContent, unknown, TemplateContent>;

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

/** A text of the template, with what is wrong with it. */
export function TextBox(props: {
  readonly control: FormControl;
  readonly name: FieldName;
  readonly placeholder?: string;
}) {
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

/** The invoice type: a common one, or one's own. */
export function TypeBox({ control }: { readonly control: FormControl }) {
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
export function LogoBox({ control, accountId }: { readonly control: FormControl; readonly accountId: number }) {
  const { t } = useTranslation();
  const { field, message, marks } = useTemplateField(control, 'logoUrl');
  const { busy, error, upload } = useLogoUpload(accountId, field.onChange);
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
