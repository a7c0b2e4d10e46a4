import { createInstance, type i18n } from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language, Text } from '../../shared/text.ts';
import { inLanguage } from '../../shared/text.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly defaultNS: 'texts';
    readonly resources: { readonly texts: typeof zhCN };
  }
}

/** A translator of its own for each window (and each test). */
export function createI18n(language: Language): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'texts',
    resources: { 'zh-CN': { texts: zhCN }, en: { texts: en } },
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    // The texts are here already: nothing to wait for.
    initAsync: false,
  });
  return instance;
}

/** The language shown now, and how to say a text that comes from main or shared in it. */
export function useLanguage(): { readonly language: Language; readonly say: (text: Text) => string } {
  const { i18n: instance } = useTranslation();
  const language: Language = instance.language === 'en' ? 'en' : 'zh-CN';
  // The same function while the language is: tables remember what they made with it.
  const say = useCallback((text: Text) => inLanguage(text, language), [language]);
  return { language, say };
}
