import { PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account, Template } from '../../../shared/contract/account-operations.ts';
import { Field } from '../../components/field.tsx';
import { useField } from './form-context.tsx';
import { TemplateDrawer } from './template-drawer.tsx';

/** Which card the invoice becomes, and the way to a new one. */
export function TemplateSelect(props: { readonly account: Account; readonly templates: readonly Template[] }) {
  const { account, templates } = props;
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { value, change, onFocus, onBlur, findings, tone, marks, readOnly } = useField<number | null>('templateId');
  const { id, status, ...described } = marks;
  return (
    <Field id={id} label={t('field.templateId')} apiName="card_id" findings={findings} tone={tone} span={2}>
      <div className="template-row">
        <Select<number>
          id={id}
          {...described}
          {...(status ? { status } : {})}
          value={value}
          disabled={readOnly}
          placeholder={t('issue.templateHint')}
          notFoundContent={t('issue.noTemplates')}
          options={templates.map((template) => ({
            value: template.id,
            label: t('issue.templateOption', { title: template.title, type: template.type }),
          }))}
          onChange={change}
          onFocus={onFocus}
          onBlur={onBlur}
        />
        {!readOnly && (
          <Button icon={<PlusOutlined />} onClick={() => setOpen(true)}>
            {t('template.new')}
          </Button>
        )}
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
