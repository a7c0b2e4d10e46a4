import {
  DashboardOutlined,
  FileAddOutlined,
  FileTextOutlined,
  IdcardOutlined,
  NotificationOutlined,
  ProfileOutlined,
  QrcodeOutlined,
  ReadOutlined,
  SettingOutlined,
  TableOutlined,
  UnlockOutlined,
} from '@ant-design/icons';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { PageName } from './page-names.ts';

interface Page {
  /** The first part of its address and its name in the texts. */
  readonly name: PageName;
  readonly pattern: string;
  readonly icon: ComponentType<{ readonly 'aria-hidden'?: 'true' }>;
  readonly view: LazyExoticComponent<ComponentType>;
  /** Where it stands in the navigation; absent: the page under which it is opened. */
  readonly under?: PageName;
}

/** The pages there are, in the order of the navigation. */
export const pages: readonly [Page, ...Page[]] = [
  {
    name: 'overview',
    pattern: '/overview',
    icon: DashboardOutlined,
    view: lazy(async () => ({ default: (await import('../pages/overview/overview-page.tsx')).OverviewPage })),
  },
  {
    name: 'issue',
    pattern: '/issue/:invoiceId?',
    icon: FileAddOutlined,
    view: lazy(async () => ({ default: (await import('../pages/issue/issue-page.tsx')).IssuePage })),
  },
  {
    name: 'orders',
    pattern: '/orders',
    icon: QrcodeOutlined,
    view: lazy(async () => ({ default: (await import('../pages/orders/orders-page.tsx')).OrdersPage })),
  },
  {
    name: 'batch',
    pattern: '/batch/:batchId?',
    icon: TableOutlined,
    view: lazy(async () => ({ default: (await import('../pages/batch/batch-page.tsx')).BatchPage })),
  },
  {
    name: 'records',
    pattern: '/records/:state?',
    icon: ProfileOutlined,
    view: lazy(async () => ({ default: (await import('../pages/records/records-page.tsx')).RecordsPage })),
  },
  {
    name: 'invoice',
    pattern: '/invoice/:invoiceId',
    icon: FileTextOutlined,
    view: lazy(async () => ({ default: (await import('../pages/invoice/invoice-page.tsx')).InvoicePage })),
    under: 'records',
  },
  {
    name: 'templates',
    pattern: '/templates/:templateId?',
    icon: IdcardOutlined,
    view: lazy(async () => ({ default: (await import('../pages/templates/templates-page.tsx')).TemplatesPage })),
  },
  {
    name: 'feed',
    pattern: '/feed',
    icon: NotificationOutlined,
    view: lazy(async () => ({ default: (await import('../pages/feed/feed-page.tsx')).FeedPage })),
  },
  {
    name: 'decrypt',
    pattern: '/decrypt',
    icon: UnlockOutlined,
    view: lazy(async () => ({ default: (await import('../pages/decrypt/decrypt-page.tsx')).DecryptPage })),
  },
  {
    name: 'settings',
    pattern: '/settings/:section?',
    icon: SettingOutlined,
    view: lazy(async () => ({ default: (await import('../pages/settings/settings-page.tsx')).SettingsPage })),
  },
  {
    name: 'guide',
    pattern: '/guide/:page?/:anchor?',
    icon: ReadOutlined,
    view: lazy(async () => ({ default: (await import('../pages/guide/guide-page.tsx')).GuidePage })),
    // The way to it stands by itself, below the others.
    under: 'guide',
  },
];

/** The page that is shown at the start: before the first invoice there is nothing to look at but the way to it. */
export const firstPage = (hasIssued: boolean): PageName => (hasIssued ? 'overview' : 'issue');
