import { FileAddOutlined } from '@ant-design/icons';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

interface Page {
  /** The first part of its address and its name in the texts. */
  readonly name: 'issue';
  readonly pattern: string;
  readonly icon: ComponentType<{ readonly 'aria-hidden'?: 'true' }>;
  readonly view: LazyExoticComponent<ComponentType>;
}

/** The pages there are, in the order of the navigation; the first one is shown at the start. */
export const pages: readonly [Page, ...Page[]] = [
  {
    name: 'issue',
    pattern: '/issue/:invoiceId?',
    icon: FileAddOutlined,
    view: lazy(async () => ({ default: (await import('../pages/issue/issue-page.tsx')).IssuePage })),
  },
];
