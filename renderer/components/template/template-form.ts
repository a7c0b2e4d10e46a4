import * as z from 'zod';
import type { Template, TemplateContent } from '../../../shared/contract/account-operations.ts';
import { displayWidth, fitsWeChatLength, templateLimits } from '../../../shared/wechat/limits.ts';

export type CountedName = keyof typeof templateLimits;
export const templateFaults = ['missing', 'tooLong', 'notUrl'] as const;
export type TemplateFault = (typeof templateFaults)[number];
const fault = (name: TemplateFault) => name;

const required = (longest: number) => z.string().trim().min(1, fault('missing')).max(longest, fault('tooLong'));
const counted = (name: CountedName) =>
  z
    .string()
    .trim()
    .refine((text) => fitsWeChatLength(text, templateLimits[name]), fault('tooLong'));
const link = z
  .string()
  .trim()
  .max(1024, fault('tooLong'))
  .refine((text) => text === '' || /^https?:\/\/[^\s/]+/i.test(text), fault('notUrl'));

/** A template as its form takes it; the lengths are WeChat's own. */
export const templateFormSchema = z.object({
  payee: required(100),
  type: required(60),
  title: counted('title').refine((text) => text !== '', fault('missing')),
  logoUrl: z.string().min(1, fault('missing')),
  customUrlName: counted('customUrlName'),
  customUrl: link,
  customUrlSubTitle: counted('customUrlSubTitle'),
  promotionUrlName: counted('promotionUrlName'),
  promotionUrl: link,
  promotionUrlSubTitle: counted('promotionUrlSubTitle'),
}) satisfies z.ZodType<TemplateContent>;

export const blankTemplate: TemplateContent = {
  payee: '',
  type: '',
  title: '',
  logoUrl: '',
  customUrlName: '',
  customUrl: '',
  customUrlSubTitle: '',
  promotionUrlName: '',
  promotionUrl: '',
  promotionUrlSubTitle: '',
};

/** A logo that the practice server knows, so that practising needs no picture. */
const practiceLogo = 'https://mmbiz.qpic.cn/mmbiz_png/practice/0';

/** A template to practise with, complete as it is. */
export function practiceTemplate(words: Pick<TemplateContent, 'payee' | 'type' | 'title'>): TemplateContent {
  return { ...blankTemplate, ...words, logoUrl: practiceLogo };
}

/** How much of a limit is used, in Chinese characters as WeChat counts them: `4.5`. */
export function usedLength(text: string): number {
  return displayWidth(text.trim()) / 2;
}

/** What of a template a new one can be made with. */
export function contentOf(template: Template): TemplateContent {
  const { id: _id, accountId: _account, cardId: _card, createdAt: _made, archivedAt: _archived, ...content } = template;
  return content;
}
