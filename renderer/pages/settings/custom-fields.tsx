import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { type CustomField, mostCustomFields } from '../../../shared/contract/merchant-operations.ts';
import { customFault } from './merchant-values.ts';

function CustomRow(props: {
  readonly custom: readonly CustomField[];
  readonly index: number;
  readonly field: CustomField;
  readonly tried: boolean;
  readonly onChange: (field: CustomField) => void;
  readonly onRemove: () => void;
}) {
  const { custom, index, field, tried, onChange, onRemove } = props;
  const { t } = useTranslation();
  const number = index + 1;
  const fault = customFault(custom, index);
  // An empty name is a fault only once it was to be saved.
  const shown = fault && (tried || field.key.trim() !== '') ? fault : undefined;
  const notes = `merchant-custom-${number}-notes`;
  return (
    <li className="merchant-custom-row">
      <Input
        value={field.key}
        placeholder={t('merchant.fields.name')}
        aria-label={t('merchant.fields.customName', { number })}
        autoComplete="off"
        {...(shown ? { status: 'error' as const, 'aria-invalid': true, 'aria-describedby': notes } : {})}
        onChange={({ target }) => onChange({ ...field, key: target.value })}
      />
      <Input
        value={field.notice}
        placeholder={t('merchant.fields.notice')}
        aria-label={t('merchant.fields.customNotice', { number })}
        autoComplete="off"
        onChange={({ target }) => onChange({ ...field, notice: target.value })}
      />
      <Checkbox
        checked={field.isRequired}
        onChange={({ target }) => onChange({ ...field, isRequired: target.checked })}
      >
        {t('merchant.fields.customRequired')}
      </Checkbox>
      <Button
        type="text"
        aria-label={t('merchant.fields.remove', { number })}
        icon={<DeleteOutlined aria-hidden="true" />}
        onClick={onRemove}
      />
      {shown && (
        <p id={notes} className="note note-fault">
          {t(`merchant.fields.fault.${shown}`)}
        </p>
      )}
    </li>
  );
}

/** The merchant's own fields of one group. */
export function CustomFields(props: {
  readonly custom: readonly CustomField[];
  readonly tried: boolean;
  readonly onChange: (custom: CustomField[]) => void;
}) {
  const { custom, tried, onChange } = props;
  const { t } = useTranslation();
  return (
    <section className="merchant-custom" aria-labelledby="merchant-custom">
      <h3 id="merchant-custom">{t('merchant.fields.custom')}</h3>
      <p className="note note-quiet">{t('merchant.fields.customHint', { count: mostCustomFields })}</p>
      <ol>
        {custom.map((field, index) => (
          <CustomRow
            // What is typed changes everything else of it.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            custom={custom}
            index={index}
            field={field}
            tried={tried}
            onChange={(changed) => onChange(custom.map((one, place) => (place === index ? changed : one)))}
            onRemove={() => onChange(custom.filter((_, place) => place !== index))}
          />
        ))}
      </ol>
      {custom.length < mostCustomFields && (
        <Button
          size="small"
          icon={<PlusOutlined aria-hidden="true" />}
          onClick={() => onChange([...custom, { key: '', isRequired: false, notice: '' }])}
        >
          {t('merchant.fields.add')}
        </Button>
      )}
    </section>
  );
}
