import { Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MenuCommand } from '../../shared/contract/menu-commands.ts';
import { useCommandGroups } from './frame-commands.ts';

/** One field that finds every page, account and command by its name. */
export function CommandPalette(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onCommand: (command: MenuCommand) => void;
}) {
  const { open, onClose, onCommand } = props;
  const { t } = useTranslation();
  const groups = useCommandGroups(onCommand);
  const choose = (key: string) => {
    onClose();
    groups
      .flatMap(({ commands }) => commands)
      .find((command) => command.key === key)
      ?.run();
  };
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      destroyOnHidden
      width={520}
      className="palette"
      title={<span className="only-read-aloud">{t('frame.palette.label')}</span>}
    >
      <Select<string | null>
        className="palette-field"
        aria-label={t('frame.palette.label')}
        placeholder={t('frame.palette.placeholder')}
        notFoundContent={t('frame.palette.none')}
        showSearch={{ optionFilterProp: 'label' }}
        open
        autoFocus
        value={null}
        virtual={false}
        listHeight={360}
        onSelect={(key) => key !== null && choose(key)}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
        options={groups.map(({ name, commands }) => ({
          label: name,
          title: name,
          options: commands.map(({ key, label }) => ({ value: key, label })),
        }))}
        getPopupContainer={(field) => field.parentElement ?? document.body}
      />
    </Modal>
  );
}
