import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { commandWords, type MenuCommand } from '../../shared/contract/menu-commands.ts';
import { inLanguage, type Language, languages, type Text } from '../../shared/text.ts';

const words = {
  file: { zhCN: '文件', en: 'File' },
  edit: { zhCN: '编辑', en: 'Edit' },
  view: { zhCN: '显示', en: 'View' },
  window: { zhCN: '窗口', en: 'Window' },
  help: { zhCN: '帮助', en: 'Help' },
  undo: { zhCN: '撤销', en: 'Undo' },
  redo: { zhCN: '重做', en: 'Redo' },
  cut: { zhCN: '剪切', en: 'Cut' },
  copy: { zhCN: '复制', en: 'Copy' },
  paste: { zhCN: '粘贴', en: 'Paste' },
  selectAll: { zhCN: '全选', en: 'Select All' },
  resetZoom: { zhCN: '实际大小', en: 'Actual Size' },
  zoomIn: { zhCN: '放大', en: 'Zoom In' },
  zoomOut: { zhCN: '缩小', en: 'Zoom Out' },
  togglefullscreen: { zhCN: '全屏', en: 'Full Screen' },
  minimize: { zhCN: '最小化', en: 'Minimise' },
  close: { zhCN: '关闭窗口', en: 'Close Window' },
  quit: { zhCN: '退出发票台', en: 'Quit Fapiao Desk' },
} as const satisfies Record<string, Text>;

type Role = Exclude<keyof typeof words, 'file' | 'edit' | 'view' | 'window' | 'help'>;
const separator: MenuItemConstructorOptions = { type: 'separator' };

const editRoles = ['cut', 'copy', 'paste', 'selectAll'] as const;

/**
 * The menu bar. Reload and the developer tools are left out: a reload in the middle of a form helps nobody.
 * @param run is told which command was chosen
 */
export function buildAppMenu(
  language: Language,
  platform: NodeJS.Platform,
  run: (command: MenuCommand) => void,
): MenuItemConstructorOptions[] {
  const say = (text: Text) => inLanguage(text, language);
  const role = (name: Role): MenuItemConstructorOptions => ({ role: name, label: say(words[name]) });
  const command = (name: MenuCommand): MenuItemConstructorOptions => ({
    id: name,
    label: say(commandWords[name].label),
    ...(name === 'shortcuts' ? {} : { accelerator: commandWords[name].keys }),
    click: () => run(name),
  });
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: say(words.file),
      submenu: [
        command('new-invoice'),
        command('palette'),
        separator,
        command('settings'),
        separator,
        isMac ? role('close') : role('quit'),
      ],
    },
    {
      label: say(words.edit),
      submenu: [role('undo'), role('redo'), separator, ...editRoles.map(role)],
    },
    {
      label: say(words.view),
      submenu: [role('resetZoom'), role('zoomIn'), role('zoomOut'), separator, role('togglefullscreen')],
    },
    { label: say(words.window), submenu: [role('minimize'), role('close')] },
    { label: say(words.help), role: 'help', submenu: [command('guide'), command('shortcuts')] },
  ];
}

/**
 * The menu bar, and the menu of the right mouse button over text, of which Electron has none of its own.
 * @param run is told which command was chosen
 */
export function createMenus(run: (command: MenuCommand) => void) {
  let language: Language = languages[0];
  return {
    speak(chosen: Language): void {
      language = chosen;
      Menu.setApplicationMenu(Menu.buildFromTemplate(buildAppMenu(language, process.platform, run)));
    },
    attach({ webContents }: BrowserWindow): void {
      webContents.on('context-menu', (_event, { isEditable, selectionText }) => {
        const roles = isEditable ? editRoles : selectionText.trim() === '' ? [] : (['copy'] as const);
        if (roles.length === 0) return;
        Menu.buildFromTemplate(roles.map((name) => ({ role: name, label: inLanguage(words[name], language) }))).popup();
      });
    },
  };
}
