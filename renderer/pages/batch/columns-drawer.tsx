import { Alert, Button, Drawer, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { tableEncodings } from '../../../shared/contract/table-reading.ts';
import { Field } from '../../components/field.tsx';
import { useLanguage } from '../../i18n/i18n.ts';
import { doubledColumn, missingColumns, nameTarget, targetOptions, withoutUnknown } from './column-targets.ts';
import type { Desk } from './use-desk.ts';

type Preview = OutputOf<'table.open'>;

const sampleRows = 3;

function MappingRows(props: {
  readonly preview: Preview;
  readonly columns: readonly (string | null)[];
  readonly onChange: (columns: readonly (string | null)[]) => void;
}) {
  const { preview, columns, onChange } = props;
  const { t } = useTranslation();
  const { language } = useLanguage();
  const options = targetOptions(columns, t, language);
  return (
    <table className="batch-mapping">
      <thead>
        <tr>
          <th scope="col">{t('batch.mapping.header')}</th>
          <th scope="col">{t('batch.mapping.sample')}</th>
          <th scope="col">{t('batch.mapping.target')}</th>
        </tr>
      </thead>
      <tbody>
        {preview.header.map((name, index) => {
          const shown = name.trim() || t('batch.mapping.nameless', { number: index + 1 });
          const samples = preview.rows.map(({ cells }) => cells[index] ?? '').filter((cell) => cell.trim() !== '');
          return (
            // A header can stand twice; a column's place is its identity.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <tr key={index}>
              <th scope="row">{shown}</th>
              <td title={samples.slice(0, sampleRows).join('\n')}>{samples.slice(0, sampleRows).join(' · ')}</td>
              <td>
                <Select<string>
                  value={columns[index] ?? null}
                  {...(columns[index] ? {} : { status: 'warning' as const })}
                  options={options}
                  showSearch={{ optionFilterProp: 'label' }}
                  placeholder={t('batch.mapping.ignored')}
                  aria-label={t('batch.mapping.targetOf', { column: shown })}
                  onChange={(target) => onChange(columns.map((known, place) => (place === index ? target : known)))}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Which encoding the text has and what each column is, seen on the first rows. */
export function ColumnsDrawer(props: {
  readonly open: boolean;
  readonly preview: Preview;
  readonly desk: Desk;
  readonly onEncoding: (encoding: Desk['encoding']) => void;
  readonly onSave: (columns: readonly (string | null)[]) => void;
  readonly onClose: () => void;
}) {
  const { open, preview, desk, onEncoding, onSave, onClose } = props;
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [columns, setColumns] = useState(desk.columns ?? preview.columns);
  const missing = missingColumns(columns, language);
  const doubled = doubledColumn(columns);
  return (
    <Drawer
      open={open}
      title={t('batch.mapping.title')}
      size={760}
      onClose={onClose}
      destroyOnHidden
      footer={
        <div className="batch-drawer-foot">
          <Button onClick={onClose}>{t('batch.mapping.cancel')}</Button>
          <Button
            type="primary"
            disabled={missing.length > 0 || doubled !== undefined}
            onClick={() => onSave(withoutUnknown(columns))}
          >
            {t('batch.mapping.save')}
          </Button>
        </div>
      }
    >
      <div className="drawer-form">
        <p className="lead">{t('batch.mapping.lead')}</p>
        {preview.encoding !== 'xlsx' && <EncodingSelect desk={desk} preview={preview} onEncoding={onEncoding} />}
        {missing.length > 0 && (
          <Alert type="warning" showIcon title={t('batch.mapping.missing', { columns: missing.join(', ') })} />
        )}
        {doubled !== undefined && (
          <Alert
            type="warning"
            showIcon
            title={t('batch.mapping.twice', { column: nameTarget(doubled, t, language) })}
          />
        )}
        <MappingRows preview={preview} columns={columns} onChange={setColumns} />
      </div>
    </Drawer>
  );
}

/** The switch over what the program recognised. */
export function EncodingSelect(props: {
  readonly desk: Desk;
  readonly preview: Preview | undefined;
  readonly onEncoding: (encoding: Desk['encoding']) => void;
}) {
  const { desk, preview, onEncoding } = props;
  const { t } = useTranslation();
  return (
    <Field id="table-encoding" label={t('batch.encoding.label')} optional={t('batch.encoding.hint')}>
      <Select<(typeof tableEncodings)[number]>
        id="table-encoding"
        value={desk.encoding ?? tableEncodings.find((name) => name === preview?.encoding) ?? null}
        placeholder={t('batch.encoding.auto')}
        options={tableEncodings.map((value) => ({ value, label: t(`batch.encoding.${value}`) }))}
        onChange={onEncoding}
      />
    </Field>
  );
}
