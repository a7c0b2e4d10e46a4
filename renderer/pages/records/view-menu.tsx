import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordCriteria, RecordLayout } from '../../../shared/contract/record-operations.ts';
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

const readyViews = [
  { key: 'all', label: 'records.viewAll', criteria: noCriteria },
  { key: 'needs-you', label: 'records.viewNeedsYou', criteria: { ...noCriteria, needsYou: true } },
  { key: 'drafts', label: 'records.viewNotIssued', criteria: { ...noCriteria, state: 'draft' } },
] as const;

type Views = RecordLayout['views'];

const keyOf = ({ name }: Views[number]) => `own:${name}`;

/** The key of the view that looks for the same; undefined where none does. */
export function findView(criteria: RecordCriteria, views: Views): string | undefined {
  const all = [...readyViews, ...views.map((view) => ({ key: keyOf(view), criteria: view.criteria }))];
  return all.find((view) => isSameCriteria(view.criteria, criteria))?.key;
}

/** Searches under a name: a few that everybody wants, and a person's own. */
export function ViewMenu(props: {
  /** The key of the one that is shown, as {@link findView} says it. */
  readonly current: string | undefined;
  readonly views: Views;
  readonly onChoose: (state: SearchState) => void;
  readonly onSave: (name: string) => void;
  readonly onRemove: (name: string) => void;
}) {
  const { current, views, onChoose, onSave, onRemove } = props;
  const { t } = useTranslation();
  const [isSaving, setSaving] = useState(false);
  const ready = readyViews.map(({ label, ...view }) => ({ ...view, label: t(label), sort: newestFirst }));
  const own = views.map((view) => ({ ...view, key: keyOf(view), label: view.name }));
  const all = [...ready, ...own];
  const currentOwn = own.find(({ key }) => key === current);
  const act = (chosenKey: string) => {
    if (chosenKey === 'save') return setSaving(true);
    if (chosenKey === 'remove') return currentOwn && onRemove(currentOwn.name);
    const chosen = all.find(({ key }) => key === chosenKey);
    if (chosen) onChoose({ criteria: chosen.criteria, sort: chosen.sort });
  };
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          selectable: true,
          selectedKeys: current === undefined ? [] : [current],
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
          {all.find(({ key }) => key === current)?.label ?? t('records.views')}
          <DownOutlined aria-hidden="true" />
        </Button>
      </Dropdown>
      <SaveDialog
        open={isSaving}
        taken={views.map(({ name }) => name)}
        onClose={() => setSaving(false)}
        onSave={(name) => {
          setSaving(false);
          onSave(name);
        }}
      />
    </>
  );
}
