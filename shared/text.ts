import * as z from 'zod';

/** A sentence in both interface languages. `{name}` marks a place filled by {@link fillText}. */
export interface Text {
  readonly zhCN: string;
  readonly en: string;
}

export const textSchema = z.strictObject({ zhCN: z.string(), en: z.string() });

/** The interface languages, the default first. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

/** What fills the places of a text; what has words of its own in each language is a text itself. */
export type TextParams = Readonly<Record<string, string | number | Text>>;

/** Fills the `{name}` places of a text in both languages. A place without a value stays as it is, so that it is seen. */
export function fillText(text: Text, params: TextParams): Text {
  const fill = (sentence: string, language: keyof Text) =>
    sentence.replaceAll(/\{(\w+)\}/g, (place, name: string) => {
      const value = Object.hasOwn(params, name) ? params[name] : undefined;
      if (value === undefined) return place;
      return typeof value === 'object' ? value[language] : String(value);
    });
  return { zhCN: fill(text.zhCN, 'zhCN'), en: fill(text.en, 'en') };
}

/** The sentence of a text in one language. */
export function inLanguage(text: Text, language: Language): string {
  return language === 'en' ? text.en : text.zhCN;
}
