import { zodResolver } from '@hookform/resolvers/zod';
import { Alert, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Account, Template, TemplateContent } from '../../../shared/contract/account-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { call } from '../../api/call.ts';
import { useOperation } from '../../api/queries.ts';
import { CardPreview } from '../card-preview.tsx';
import { ErrorNotice } from '../error-notice.tsx';
import { spinning } from '../spinning.tsx';
import { type FormControl, LogoBox, TextBox, TypeBox } from './template-fields.tsx';
import { blankTemplate, practiceTemplate, templateFormSchema } from './template-form.ts';

function LivePreview({ control }: { readonly control: FormControl }) {
  // Watching the whole form yields all of its values, since each has a default.
  const values = useWatch({ control }) as TemplateContent;
  return <CardPreview template={values} />;
}

/** A second template of a payee is allowed, and seldom what was meant. */
function SecondOfPayee(props: { readonly control: FormControl; readonly accountId: number }) {
  const { control, accountId } = props;
  const { t } = useTranslation();
  const payee = useWatch({ control, name: 'payee' }).trim();
  const { data } = useOperation('template.list', { accountId });
  const first = data?.templates.find((one) => one.archivedAt === null && one.payee === payee);
  if (!first) return null;
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title={t('template.secondTitle', { payee })}
      description={t('template.secondText', { title: first.title, type: first.type })}
    />
  );
}

function CustomEntries({ control }: { readonly control: FormControl }) {
  const { t } = useTranslation();
  return (
    <>
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
    </>
  );
}

/** What a form begins with: what it is given, else what the account's kind and its logo suggest. */
function useStart(account: Account, start: TemplateContent | undefined): TemplateContent {
  const { t } = useTranslation();
  if (start) return start;
  if (account.kind === 'practice')
    return practiceTemplate({ payee: t('practice.payee'), type: t('practice.type'), title: t('practice.title') });
  return { ...blankTemplate, logoUrl: account.logoUrl ?? '' };
}

/** The form of a new template beside the card as WeChat will draw it. */
export function TemplateForm(props: {
  readonly account: Account;
  readonly start?: TemplateContent | undefined;
  readonly onCreated: (template: Template) => void;
}) {
  const { account, onCreated } = props;
  const { t } = useTranslation();
  const [error, setError] = useState<AppError>();
  const { control, handleSubmit, formState } = useForm<TemplateContent, unknown, TemplateContent>({
    resolver: zodResolver(templateFormSchema),
    mode: 'onChange',
    defaultValues: useStart(account, props.start),
  });
  const submit = handleSubmit(async (content) => {
    const answer = await call('template.create', { accountId: account.id, content });
    if (answer.ok) onCreated(answer.value);
    else setError(answer.error);
  });
  return (
    <form
      className="drawer-form template-form"
      onSubmit={(event) => void submit(event)}
      aria-label={t('template.new')}
      noValidate
    >
      <p className="lead">{t('template.lead')}</p>
      <div className="template-sides">
        <div className="template-fields">
          <TextBox control={control} name="payee" />
          <SecondOfPayee control={control} accountId={account.id} />
          <TextBox control={control} name="title" />
          <TypeBox control={control} />
          <LogoBox control={control} accountId={account.id} />
          <CustomEntries control={control} />
        </div>
        <div className="template-card">
          <LivePreview control={control} />
          <p className="note note-quiet">{t('template.cardNote')}</p>
        </div>
      </div>
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
  /** What the form is filled with at first; absent: what suits the account. */
  readonly start?: TemplateContent | undefined;
  readonly onClose: () => void;
  readonly onCreated: (template: Template) => void;
}) {
  const { open, account, start, onClose, onCreated } = props;
  const { t } = useTranslation();
  return (
    <Drawer open={open} onClose={onClose} title={t('template.new')} size={800} destroyOnHidden>
      <TemplateForm account={account} start={start} onCreated={onCreated} />
    </Drawer>
  );
}
