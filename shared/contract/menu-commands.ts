import type { Text } from '../text.ts';

/** What the native menu and the keyboard ask of the page, whatever page is shown. */
export const menuCommands = ['new-invoice', 'palette', 'shortcuts', 'settings', 'guide'] as const;
export type MenuCommand = (typeof menuCommands)[number];

interface CommandWords {
  readonly label: Text;
  /** As Electron writes accelerators. `?` alone is no accelerator: it would be taken from text fields. */
  readonly keys: string;
}

/** The words of the menu, the palette and the list of shortcuts. */
export const commandWords: Readonly<Record<MenuCommand, CommandWords>> = {
  'new-invoice': { label: { zhCN: '新开一张发票', en: 'New invoice' }, keys: 'CmdOrCtrl+N' },
  palette: { label: { zhCN: '跳转与命令…', en: 'Go to or do…' }, keys: 'CmdOrCtrl+K' },
  settings: { label: { zhCN: '设置…', en: 'Settings…' }, keys: 'CmdOrCtrl+,' },
  shortcuts: { label: { zhCN: '键盘快捷键', en: 'Keyboard shortcuts' }, keys: '?' },
  guide: { label: { zhCN: '使用手册', en: 'User guide' }, keys: 'F1' },
};
