/** The first part of a page's address, and its name in the texts. */
export const pageNames = [
  'overview',
  'issue',
  'orders',
  'batch',
  'records',
  'invoice',
  'templates',
  'feed',
  'decrypt',
  'settings',
  'guide',
] as const;
export type PageName = (typeof pageNames)[number];
