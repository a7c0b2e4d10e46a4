import { type GuideModule, orderPages } from './guide-modules.ts';

export const guidePages = orderPages(
  Object.values(import.meta.glob<GuideModule>('../../../docs/guide/zh-CN/*.md', { eager: true })),
);
