import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { commandWords, type MenuCommand } from '../../shared/contract/menu-commands.ts';
import { languages } from '../../shared/text.ts';
import { useLanguage } from '../i18n/i18n.ts';
import { useAccounts } from './accounts.tsx';
import { pages } from './pages.ts';
import { useSettings } from './settings.tsx';

export interface Command {
  readonly key: string;
  readonly label: string;
  readonly run: () => void;
}

export interface CommandGroup {
  readonly name: string;
  readonly commands: readonly Command[];
}

/** The pages of the navigation, in its order: the n-th one has the key Ctrl or Cmd and n. */
export const navigationPages = pages.filter(({ under }) => under === undefined);

/** Everything the palette offers, in the language shown. */
export function useCommandGroups(run: (command: MenuCommand) => void): readonly CommandGroup[] {
  const { t } = useTranslation();
  const { say } = useLanguage();
  const [, navigate] = useLocation();
  const { accounts, current, choose } = useAccounts();
  const { settings, change } = useSettings();
  const otherLanguages = languages.filter((language) => language !== settings.language);
  const otherThemes = (['system', 'light', 'dark'] as const).filter((theme) => theme !== settings.theme);
  return [
    {
      name: t('frame.palette.pages'),
      commands: navigationPages.map(({ name }) => ({
        key: `page-${name}`,
        label: t(`nav.${name}`),
        run: () => navigate(`/${name}`),
      })),
    },
    {
      name: t('frame.palette.accounts'),
      commands: accounts
        .filter(({ id }) => id !== current?.id)
        .map(({ id, name }) => ({ key: `account-${id}`, label: name, run: () => void choose(id) })),
    },
    {
      name: t('frame.palette.commands'),
      commands: [
        ...(['new-invoice', 'shortcuts', 'guide'] as const).map((name) => ({
          key: name,
          label: say(commandWords[name].label),
          run: () => run(name),
        })),
        ...otherLanguages.map((language) => ({
          key: `language-${language}`,
          label: t('frame.palette.language', { name: t(language === 'en' ? 'look.en' : 'look.zhCN') }),
          run: () => void change({ language }),
        })),
        ...otherThemes.map((theme) => ({
          key: `theme-${theme}`,
          label: t('frame.palette.theme', { name: t(`look.${theme}`) }),
          run: () => void change({ theme }),
        })),
      ],
    },
  ].filter(({ commands }) => commands.length > 0);
}
