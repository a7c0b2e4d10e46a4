import { ConfigProvider, Empty, theme } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../shared/contract/app-operations.ts';
import type { Language } from '../../shared/text.ts';
import { useFreshReadings, useOperation } from '../api/queries.ts';
import { ErrorNotice } from '../components/error-notice.tsx';
import { Loading } from '../components/loading.tsx';
import { SettingsProvider, useAppearance, useWishes } from './settings.tsx';
import { styleNonce } from './style-nonce.ts';
import { type Appearance, publishTokens, themeFor } from './tokens.ts';

/** Overlays live beside the page; in a place of their own the kit has no need to lock the page's scrolling. */
function overlayPlace(): HTMLElement {
  return document.getElementById('overlays') ?? document.body;
}

function Kit(props: { readonly language: Language; readonly appearance: Appearance; readonly children: ReactNode }) {
  const { language, appearance, children } = props;
  const nonce = styleNonce();
  const wishes = useWishes();
  return (
    <ConfigProvider
      theme={themeFor(appearance, wishes)}
      locale={language === 'en' ? enUS : zhCN}
      getPopupContainer={overlayPlace}
      modal={{ centered: true }}
      empty={{ image: Empty.PRESENTED_IMAGE_SIMPLE }}
      button={{ autoInsertSpace: false }}
      {...(nonce ? { csp: { nonce } } : {})}
    >
      <PublishedTokens appearance={appearance} />
      {children}
    </ConfigProvider>
  );
}

function PublishedTokens({ appearance }: { readonly appearance: Appearance }) {
  const { token } = theme.useToken();
  useEffect(() => publishTokens(token, appearance), [token, appearance]);
  return null;
}

/** Language and theme as the settings say, before anything else is shown. */
export function Preferences({ children }: { readonly children: ReactNode }) {
  useFreshReadings();
  const reading = useOperation('settings.read', {});
  if (reading.data) return <Prepared settings={reading.data}>{children}</Prepared>;
  return (
    <Kit language="zh-CN" appearance="light">
      {reading.error ? (
        <main className="start-failed">
          <ErrorNotice error={reading.error} actions={{ retry: () => void reading.refetch() }} />
        </main>
      ) : (
        <Loading />
      )}
    </Kit>
  );
}

function Prepared({ settings, children }: { readonly settings: Settings; readonly children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const appearance = useAppearance(settings.theme);
  const { language } = settings;
  useEffect(() => {
    // Changing to the language it has already would still make a new `t`, and this effect run again for ever.
    if (i18n.language !== language) void i18n.changeLanguage(language);
    dayjs.locale(language === 'en' ? 'en' : 'zh-cn');
    document.documentElement.lang = language;
    document.title = t('app.title', { lng: language });
  }, [i18n, t, language]);
  return (
    <SettingsProvider settings={settings}>
      <Kit language={language} appearance={appearance}>
        {children}
      </Kit>
    </SettingsProvider>
  );
}
