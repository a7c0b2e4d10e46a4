import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account, Template } from '../../../shared/contract/account-operations.ts';
import { Field } from '../../components/field.tsx';
import { TemplateDrawer } from '../../components/template/template-drawer.tsx';
import { useField } from './form-context.tsx';

/** Which card the invoice becomes, and the way to a new one. */
export function TemplateSelect(props: { readonly account: Account; readonly templates: readonly Template[] }) {
  const { account, templates } = props;
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { value, change, onFocus, onBlur, findings, tone, marks, readOnly } = useField<number | null>('templateId');
  const { id, status, ...described } = marks;
  const nameOf = ({ title, type }: Template) => t('issue.templateOption', { title, type });
  const chosen = templates.find((template) => template.id === value);
  // A draft keeps the template it was made with, archived since or not.
  const offered = templates.filter((template) => template.archivedAt === null || template === chosen);
  if (readOnly)
    return (
      <Field id={id} label={t('field.templateId')} apiName="card_id" span={2}>
        <Input id={id} readOnly value={chosen ? nameOf(chosen) : ''} />
      </Field>
    );
  return (
    <Field id={id} label={t('field.templateId')} apiName="card_id" findings={findings} tone={tone} span={2}>
      <div className="template-row">
        <Select<number>
          id={id}
          {...described}
          {...(status ? { status } : {})}
          value={value}
          placeholder={t('issue.templateHint')}
          notFoundContent={t('issue.noTemplates')}
          options={offered.map((template) => ({ value: template.id, label: nameOf(template) }))}
          onChange={change}
          onFocus={onFocus}
          onBlur={onBlur}
        />
        <Button icon={<PlusOutlined aria-hidden="true" />} onClick={() => setOpen(true)}>
          {t('template.new')}
        </Button>
      </div>
      <TemplateDrawer
        open={open}
        account={account}
        onClose={() => setOpen(false)}
        onCreated={(template) => {
          setOpen(false);
          change(template.id);
        }}
      />
    </Field>
  );
}
