import { useTranslation } from 'react-i18next';
import { LanguageSwitch, ThemeSwitch } from '../../app/look-switches.tsx';

export function AppearanceSection() {
  const { t } = useTranslation();
  return (
    <div className="settings-section">
      <section className="settings-row">
        <div>
          <h2>{t('settings.appearance.language')}</h2>
          <p className="lead">{t('settings.appearance.languageText')}</p>
        </div>
        <LanguageSwitch />
      </section>
      <section className="settings-row">
        <div>
          <h2>{t('settings.appearance.theme')}</h2>
          <p className="lead">{t('settings.appearance.themeText')}</p>
        </div>
        <ThemeSwitch />
      </section>
    </div>
  );
}
