import { en } from '../../../renderer/i18n/en.ts';
import { zhCN } from '../../../renderer/i18n/zh-CN.ts';
import { commandWords } from '../../../shared/contract/menu-commands.ts';
import { orderStageLabels } from '../../../shared/invoice/order.ts';
import { recordColumnLabels } from '../../../shared/invoice/record-labels.ts';
import { invoiceStateLabels } from '../../../shared/invoice/state.ts';
import type { Language } from '../../../shared/text.ts';
import { reimburseStatusLabels } from '../../../shared/wechat/reimburse-status.ts';

function leaves(node: unknown): readonly string[] {
  if (typeof node === 'string') return [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(leaves) : [];
}

/** Of texts in both languages, those of one. */
function wordsOf(node: unknown, key: 'zhCN' | 'en'): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  return key in node
    ? leaves((node as Readonly<Record<string, unknown>>)[key])
    : Object.values(node).flatMap((inner) => wordsOf(inner, key));
}

const shared = [commandWords, orderStageLabels, recordColumnLabels, invoiceStateLabels, reimburseStatusLabels];

/** A text with places fits whatever fills them. */
function pattern(text: string): RegExp {
  const parts = text.split(/\{\{\w+\}\}/).map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`);
}

/** Tells whether words stand on the screen in a language, as the whole of one text. */
export function screenWords(language: Language): (words: string) => boolean {
  const texts = leaves(language === 'en' ? en : zhCN);
  const known = new Set([...texts, ...wordsOf(shared, language === 'en' ? 'en' : 'zhCN')]);
  // A text that is nothing but places would fit anything.
  const patterns = texts
    .filter((text) => text.includes('{{') && text.replaceAll(/\{\{\w+\}\}|\P{L}/gu, '') !== '')
    .map(pattern);
  return (words) => known.has(words) || patterns.some((one) => one.test(words));
}
