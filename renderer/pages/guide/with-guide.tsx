import { type ComponentType, lazy } from 'react';
import type { Language } from '../../../shared/text.ts';
import { useLanguage } from '../../i18n/i18n.ts';
import type { GuidePage } from './guide-modules.ts';

interface Guide {
  readonly pages: readonly [GuidePage, ...GuidePage[]];
}

async function load(language: Language): Promise<Guide> {
  const { guidePages } = await (language === 'en' ? import('./guide-en.ts') : import('./guide-zh-cn.ts'));
  const [first, ...others] = guidePages;
  if (!first) throw new Error('The guide has no pages');
  return { pages: [first, ...others] };
}

/** Gives a view the guide in the language shown, which is read when somebody first wants it. */
export function withGuide<Props extends object>(View: ComponentType<Props & Guide>): ComponentType<Props> {
  const viewIn = (language: Language) =>
    lazy(async () => {
      const guide = await load(language);
      return { default: (props: Props) => <View {...props} {...guide} /> };
    });
  const views: Readonly<Record<Language, ComponentType<Props>>> = { 'zh-CN': viewIn('zh-CN'), en: viewIn('en') };
  return function InLanguage(props) {
    const { language } = useLanguage();
    const Shown = views[language];
    return <Shown {...props} />;
  };
}
