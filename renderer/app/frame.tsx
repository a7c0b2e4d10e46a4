import { ReadOutlined } from '@ant-design/icons';
import { Menu, theme } from 'antd';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import type { MenuCommand } from '../../shared/contract/menu-commands.ts';
import { useOperation } from '../api/queries.ts';
import { Loading } from '../components/loading.tsx';
import { AccountSwitcher } from './account-switcher.tsx';
import { AccountsProvider, useAccounts } from './accounts.tsx';
import { CommandPalette } from './command-palette.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { navigationPages } from './frame-commands.ts';
import { guideAddress } from './guide-address.ts';
import { JobsButton } from './jobs.tsx';
import { LanguageSwitch, ThemeSwitch } from './look-switches.tsx';
import { NavigationLabel } from './navigation-label.tsx';
import type { PageName } from './page-names.ts';
import { firstPage, pages } from './pages.ts';
import { ReopenedNotice } from './reopened-notice.tsx';
import { ShortcutList } from './shortcut-list.tsx';
import { accountColour } from './tokens.ts';
import { useFrameKeys } from './use-frame-keys.ts';

function Navigation({ current }: { readonly current: PageName }) {
  const { t } = useTranslation();
  const [location, navigate] = useLocation();
  return (
    <nav className="frame-nav" aria-label={t('app.navigation')}>
      <div className="brand">
        <span className="brand-mark" aria-hidden="true" />
        <span className="brand-name">{t('app.name')}</span>
      </div>
      <Menu
        mode="inline"
        selectedKeys={[current]}
        items={navigationPages.map(({ name, icon: Icon }) => ({
          key: name,
          icon: <Icon aria-hidden="true" />,
          label: <NavigationLabel name={name} />,
        }))}
        onClick={({ key }) => navigate(`/${key}`)}
      />
      <a
        className="frame-guide"
        href={`#${guideAddress(location)}`}
        {...(current === 'guide' ? { 'aria-current': 'page' } : {})}
      >
        <ReadOutlined aria-hidden="true" />
        {t('guide.open')}
      </a>
    </nav>
  );
}

function Header({ current }: { readonly current: PageName }) {
  const { t } = useTranslation();
  return (
    <header className="frame-header">
      <h1>{t(`nav.${current}`)}</h1>
      <div className="frame-tools">
        <JobsButton />
        <LanguageSwitch />
        <ThemeSwitch />
        <AccountSwitcher />
      </div>
    </header>
  );
}

/** Where the program opens: nobody is kept waiting, or stopped, by the question. */
function Start() {
  const { data, error } = useOperation('overview.hasIssued', {});
  if (!data && !error) return <Loading />;
  return <Redirect to={`/${firstPage(data?.hasIssued ?? false)}`} replace />;
}

function Pages() {
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        {pages.map(({ name, pattern, view: View }) => (
          <Route key={name} path={pattern}>
            <ErrorBoundary>
              <View />
            </ErrorBoundary>
          </Route>
        ))}
        <Route>
          <Start />
        </Route>
      </Switch>
    </Suspense>
  );
}

/** What opens over every page. */
function Overlays() {
  const [location, navigate] = useLocation();
  const [shown, setShown] = useState<'palette' | 'shortcuts' | null>(null);
  const run = (command: MenuCommand) => {
    if (command === 'new-invoice') navigate('/issue');
    else if (command === 'settings') navigate('/settings');
    else if (command === 'guide') navigate(guideAddress(location));
    else setShown(command);
  };
  useFrameKeys({
    command: run,
    page: (place) => {
      const page = navigationPages[place - 1];
      if (page) navigate(`/${page.name}`);
    },
  });
  const close = () => setShown(null);
  return (
    <>
      <CommandPalette open={shown === 'palette'} onClose={close} onCommand={run} />
      <ShortcutList open={shown === 'shortcuts'} onClose={close} />
    </>
  );
}

function FrameWithAccounts() {
  const [location] = useLocation();
  const { token } = theme.useToken();
  const { current: account } = useAccounts();
  const page = pages.find(({ name }) => location.split('/')[1] === name) ?? pages[0];
  return (
    <div className="frame">
      <div
        className="frame-stripe"
        style={{ background: account ? accountColour(token, account.colour) : 'transparent' }}
      />
      <Navigation current={page.under ?? page.name} />
      <Header current={page.name} />
      <ReopenedNotice />
      <main className="frame-page">
        <Pages />
      </main>
      <Overlays />
    </div>
  );
}

/** Navigation, the account that is worked for, and the page. */
export function Frame() {
  return (
    <AccountsProvider>
      <FrameWithAccounts />
    </AccountsProvider>
  );
}
