import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { commandWords, menuCommands } from '../../shared/contract/menu-commands.ts';
import { bridge } from '../api/bridge.ts';
import { useLanguage } from '../i18n/i18n.ts';
import { navigationPages } from './frame-commands.ts';

interface Shortcut {
  readonly keys: string;
  readonly label: string;
}

/** `CmdOrCtrl+K` as the keys of this computer are called. */
function namesOf(keys: string): readonly string[] {
  const isMac = bridge().platform === 'darwin';
  return keys.split('+').map((key) => (key === 'CmdOrCtrl' ? (isMac ? '⌘' : 'Ctrl') : key));
}

function ShortcutTable({ title, shortcuts }: { readonly title: string; readonly shortcuts: readonly Shortcut[] }) {
  return (
    <section className="shortcut-group" aria-label={title}>
      <h3>{title}</h3>
      <dl>
        {shortcuts.map(({ keys, label }) => (
          <div key={keys}>
            <dt>{label}</dt>
            <dd>
              {namesOf(keys).map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Every shortcut there is, opened by `?`. */
export function ShortcutList({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { say } = useLanguage();
  return (
    <Modal open={open} onCancel={onClose} footer={null} destroyOnHidden width={560} title={t('frame.shortcuts.title')}>
      <div className="shortcuts">
        <ShortcutTable
          title={t('frame.shortcuts.everywhere')}
          shortcuts={[
            ...menuCommands.map((name) => ({ keys: commandWords[name].keys, label: say(commandWords[name].label) })),
            ...navigationPages.map(({ name }, index) => ({
              keys: `CmdOrCtrl+${index + 1}`,
              label: t('frame.shortcuts.page', { name: t(`nav.${name}`) }),
            })),
            { keys: 'Esc', label: t('frame.shortcuts.close') },
          ]}
        />
        <ShortcutTable
          title={t('frame.shortcuts.onIssue')}
          shortcuts={[
            { keys: 'CmdOrCtrl+Enter', label: t('frame.shortcuts.issue') },
            { keys: 'CmdOrCtrl+S', label: t('frame.shortcuts.save') },
          ]}
        />
      </div>
    </Modal>
  );
}
