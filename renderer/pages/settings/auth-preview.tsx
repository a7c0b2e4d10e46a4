import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AuthFields, Contact } from '../../../shared/contract/merchant-operations.ts';
import { choiceOf, fieldNames, type Group, groups } from './merchant-values.ts';

interface Asked {
  readonly key: string;
  readonly name: string;
  readonly notice: string;
  readonly isRequired: boolean;
}

function useAsked(fields: AuthFields, group: Group): readonly Asked[] {
  const { t } = useTranslation();
  const optional = t('merchant.preview.optional');
  return [
    {
      key: 'title',
      name: t('merchant.preview.name'),
      notice: t('merchant.preview.nameNotice'),
      isRequired: true,
    },
    ...fieldNames[group].flatMap((name) => {
      const choice = choiceOf(fields, group, name);
      if (choice === 'hidden') return [];
      const isRequired = choice === 'required';
      return [{ key: name, name: t(`merchant.fields.field.${name}`), notice: isRequired ? '' : optional, isRequired }];
    }),
    ...fields[group].custom
      .filter(({ key }) => key.trim() !== '')
      .map(({ key, notice, isRequired }, index) => ({
        key: `custom-${index}`,
        name: key,
        notice: notice || (isRequired ? '' : optional),
        isRequired,
      })),
  ];
}

/** The page on which a customer fills in the title, as it will look about; its own colours in both appearances. */
export function AuthPreview(props: {
  readonly fields: AuthFields;
  readonly contact: Contact | null;
  readonly group: Group;
  readonly onGroup: (group: Group) => void;
}) {
  const { fields, contact, group, onGroup } = props;
  const { t } = useTranslation();
  const asked = useAsked(fields, group);
  return (
    <section className="merchant-preview" aria-label={t('merchant.preview.title')}>
      <h3>{t('merchant.preview.title')}</h3>
      <div className="merchant-phone">
        <p className="phone-heading">{t('merchant.preview.heading')}</p>
        <Segmented<Group>
          block
          size="small"
          aria-label={t('merchant.preview.title')}
          value={group}
          options={groups.map((value) => ({ value, label: t(`merchant.fields.${value}`) }))}
          onChange={onGroup}
        />
        <dl>
          {asked.map(({ key, name, notice, isRequired }) => (
            <div key={key}>
              <dt>
                {name}
                {isRequired && <span className="phone-required">*</span>}
              </dt>
              <dd>{notice}</dd>
            </div>
          ))}
        </dl>
        <p className="phone-button">{t('merchant.preview.submit')}</p>
        <p className="phone-foot">
          {contact ? t('merchant.preview.phone', { phone: contact.phone }) : t('merchant.preview.phoneNone')}
        </p>
      </div>
      <p className="note note-quiet">{t('merchant.preview.note')}</p>
    </section>
  );
}
