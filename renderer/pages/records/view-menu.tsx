import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordLayout } from '../../../shared/contract/record-operations.ts';
import { Field } from '../../components/field.tsx';
import { isSameCriteria, newestFirst, noCriteria, type SearchState } from './search-state.ts';

function SaveDialog(props: {
  readonly open: boolean;
  readonly taken: readonly string[];
  readonly onSave: (name: string) => void;
  readonly onClose: () => void;
}) {
  const { open, taken, onSave, onClose } = props;
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const plain = name.trim();
  const save = () => {
    if (plain === '') return;
    onSave(plain);
    setName('');
  };
  return (
    <Modal
      open={open}
      title={t('records.viewTitle')}
      okText={t('records.save')}
      cancelText={t('records.cancel')}
      okButtonProps={{ disabled: plain === '' }}
      onOk={save}
      onCancel={onClose}
      width={440}
      destroyOnHidden
    >
      <p className="lead">{t('records.viewText')}</p>
      <Field
        id="view-name"
        label={t('records.viewName')}
        extra={taken.includes(plain) && <p className="note note-warning">{t('records.viewNameTaken')}</p>}
      >
        <Input
          id="view-name"
          autoFocus
          maxLength={40}
          value={name}
          onChange={({ target }) => setName(target.value)}
          onPressEnter={save}
        />
      </Field>
    </Modal>
  );
}

/** Searches under a name: a few that everybody wants, and a person's own. */
export function ViewMenu(props: {
  readonly state: SearchState;
  readonly views: RecordLayout['views'];
  readonly onChoose: (state: SearchState) => void;
  readonly onChange: (views: RecordLayout['views']) => void;
}) {
  const { state, views, onChoose, onChange } = props;
  const { t } = useTranslation();
  const [isSaving, setSaving] = useState(false);
  const ready = [
    { key: 'all', label: t('records.viewAll'), criteria: noCriteria },
    { key: 'needs-you', label: t('records.viewNeedsYou'), criteria: { ...noCriteria, needsYou: true } },
    { key: 'drafts', label: t('records.viewNotIssued'), criteria: { ...noCriteria, state: 'draft' as const } },
  ].map((view) => ({ ...view, sort: newestFirst }));
  const own = views.map(({ name, criteria, sort }) => ({ key: `own:${name}`, label: name, criteria, sort }));
  const all = [...ready, ...own];
  const current = all.find(({ criteria }) => isSameCriteria(criteria, state.criteria));
  const currentOwn = views.find(({ name }) => current?.key === `own:${name}`);
  const act = (key: string) => {
    if (key === 'save') return setSaving(true);
    if (key === 'remove') return onChange(views.filter((view) => view !== currentOwn));
    const chosen = all.find((view) => view.key === key);
    if (chosen) onChoose({ criteria: chosen.criteria, sort: chosen.sort });
  };
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          selectable: true,
          selectedKeys: current ? [current.key] : [],
          onClick: ({ key }) => act(key),
          items: [
            ...all.map(({ key, label }) => ({ key, label })),
            { type: 'divider' },
            { key: 'save', label: t('records.viewSave') },
            ...(currentOwn ? [{ key: 'remove', label: t('records.viewRemove', { name: currentOwn.name }) }] : []),
          ],
        }}
      >
        <Button>
          {current?.label ?? t('records.views')}
          <DownOutlined aria-hidden="true" />
        </Button>
      </Dropdown>
      <SaveDialog
        open={isSaving}
        taken={views.map(({ name }) => name)}
        onClose={() => setSaving(false)}
        onSave={(name) => {
          setSaving(false);
          onChange([...views.filter((view) => view.name !== name), { name, ...state }]);
        }}
      />
    </>
  );
}
