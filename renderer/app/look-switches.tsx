import { DesktopOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Segmented, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../shared/contract/app-operations.ts';
import { useSettings } from './settings.tsx';

/** Each language under its own name, so that it is found from the other one. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const { settings, change } = useSettings();
  return (
    <Segmented<Settings['language']>
      aria-label={t('look.language')}
      size="small"
      value={settings.language}
      onChange={(language) => void change({ language })}
      options={[
        { value: 'zh-CN', label: t('look.zhCN') },
        { value: 'en', label: t('look.en') },
      ]}
    />
  );
}

const themeIcons = { system: DesktopOutlined, light: SunOutlined, dark: MoonOutlined } as const;

export function ThemeSwitch() {
  const { t } = useTranslation();
  const { settings, change } = useSettings();
  return (
    <Segmented<Settings['theme']>
      aria-label={t('look.theme')}
      size="small"
      value={settings.theme}
      onChange={(theme) => void change({ theme })}
      options={(['system', 'light', 'dark'] as const).map((value) => {
        const Icon = themeIcons[value];
        const name = t(`look.${value}`);
        return {
          value,
          title: '',
          label: (
            <Tooltip title={name}>
              <Icon aria-label={name} />
            </Tooltip>
          ),
        };
      })}
    />
  );
}
