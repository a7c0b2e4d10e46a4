/** The pages of the guide, in reading order: each a Markdown file in `docs/guide` of either language. */
export const guidePageNames = [
  'start',
  'account',
  'issue',
  'orders',
  'batch',
  'invoice',
  'records',
  'templates',
  'feed',
  'decrypt',
  'settings',
  'keyboard',
  'errors',
  'glossary',
  'privacy',
] as const;
export type GuidePageName = (typeof guidePageNames)[number];
