import { type GuidePageName, guidePageNames } from '../../app/guide-page-names.ts';
import type { GuideText } from './guide-text.ts';

export interface GuidePage extends GuideText {
  readonly name: GuidePageName;
}

/** What the build makes of a Markdown file of the guide. */
export interface GuideModule {
  readonly name: string;
  readonly page: GuideText;
}

/** The pages in reading order; a file that is missing stops the window's tests and the build's first start. */
export function orderPages(modules: readonly GuideModule[]): readonly GuidePage[] {
  const byName = new Map(modules.map(({ name, page }) => [name, page]));
  return guidePageNames.map((name) => {
    const page = byName.get(name);
    if (!page) throw new Error(`The guide has no page ${name}`);
    return { name, ...page };
  });
}
