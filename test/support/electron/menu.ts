import type { BaseWindow, MenuItemConstructorOptions, KeyboardEvent as MenuKeyboardEvent } from 'electron';
import { Guarded, guard } from './guard.ts';
import { windows } from './windows.ts';

type Click = MenuItemConstructorOptions['click'];

/** Items can be looked at and clicked by tests; nothing is drawn. */
export class MenuItem extends Guarded {
  readonly id: string | undefined;
  readonly role: MenuItemConstructorOptions['role'];
  readonly type: NonNullable<MenuItemConstructorOptions['type']>;
  readonly accelerator: MenuItemConstructorOptions['accelerator'];
  readonly submenu: Menu | undefined;
  label: string;
  sublabel: string;
  toolTip: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly #click: Click;

  constructor(template: MenuItemConstructorOptions) {
    super('MenuItem');
    const { submenu, type } = template;
    this.id = template.id;
    this.role = template.role;
    this.accelerator = template.accelerator;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : (submenu as unknown as Menu | undefined);
    this.type = type ?? (submenu ? 'submenu' : 'normal');
    this.label = template.label ?? template.role ?? '';
    this.sublabel = template.sublabel ?? '';
    this.toolTip = template.toolTip ?? '';
    this.enabled = template.enabled ?? true;
    this.visible = template.visible ?? true;
    this.checked = template.checked ?? false;
    this.#click = template.click;
  }

  click(event: Partial<MenuKeyboardEvent> = {}, window: unknown = windows.focused() ?? undefined): void {
    if (!this.enabled) return;
    if (this.type === 'checkbox') this.checked = !this.checked;
    this.#click?.(this as unknown as Electron.MenuItem, window as BaseWindow | undefined, event as MenuKeyboardEvent);
  }
}

export class Menu extends Guarded {
  static #application: Menu | null = null;
  readonly items: MenuItem[] = [];

  constructor() {
    super('Menu');
  }

  static buildFromTemplate(template: (MenuItemConstructorOptions | MenuItem)[]): Menu {
    const menu = new GuardedMenu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }

  append(item: MenuItem): void {
    this.items.push(item);
  }

  insert(position: number, item: MenuItem): void {
    this.items.splice(position, 0, item);
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }

  popup(options?: { callback?: () => void }): void {
    options?.callback?.();
  }

  closePopup(): void {}
}

export const GuardedMenu = guard(Menu, 'Menu');
export const GuardedMenuItem = guard(MenuItem, 'MenuItem');
