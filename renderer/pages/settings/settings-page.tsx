import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { AboutSection } from './about-section.tsx';
import { AccountsSection } from './accounts-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { CustomerSection } from './customer-section.tsx';
import { DataSection } from './data-section.tsx';
import { RelaySection } from './relay-section.tsx';
import './settings.css';

const sections = {
  accounts: AccountsSection,
  customer: CustomerSection,
  relay: RelaySection,
  appearance: AppearanceSection,
  data: DataSection,
  about: AboutSection,
} as const;
type Section = keyof typeof sections;

function isSection(name: string | undefined): name is Section {
  return name !== undefined && Object.hasOwn(sections, name);
}

/** Accounts and their relays, look, data and backups, and what the program says about itself; each section has its own address. */
export function SettingsPage() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { section } = useParams<{ readonly section?: string }>();
  return (
    <Tabs
      className="settings"
      aria-label={t('settings.sections')}
      activeKey={isSection(section) ? section : 'accounts'}
      onChange={(key) => navigate(`/settings/${key}`)}
      destroyOnHidden
      items={Object.entries(sections).map(([key, View]) => ({
        key,
        // The keys of the object above.
        label: t(`settings.section.${key as Section}`),
        children: <View />,
      }))}
    />
  );
}
