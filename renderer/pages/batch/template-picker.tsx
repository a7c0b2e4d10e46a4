import { Select } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../../shared/contract/account-operations.ts';
import { Field } from '../../components/field.tsx';

/** Which card the invoices become; an only template is chosen by itself. */
export function TemplatePicker(props: {
  readonly templates: readonly Template[];
  readonly value: number | null;
  readonly onChange: (templateId: number | null) => void;
}) {
  const { templates, value, onChange } = props;
  const { t } = useTranslation();
  const only = templates.length === 1 ? templates[0]?.id : undefined;
  const isGone = value !== null && templates.every(({ id }) => id !== value);
  useEffect(() => {
    if (isGone) onChange(null);
    else if (value === null && only !== undefined) onChange(only);
  }, [value, only, isGone, onChange]);
  return (
    <Field id="batch-template" label={t('batch.template.title')}>
      <Select<number>
        id="batch-template"
        value={value}
        placeholder={t('batch.template.choose')}
        notFoundContent={t('batch.template.none')}
        options={templates.map(({ id, title, type }) => ({
          value: id,
          label: t('issue.templateOption', { title, type }),
        }))}
        onChange={onChange}
      />
      {templates.length === 0 && <p className="note note-warning">{t('batch.template.none')}</p>}
    </Field>
  );
}
