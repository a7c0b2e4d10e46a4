import { describe, expect, it } from 'vitest';
import { fillText, inLanguage } from '../../../shared/text.ts';

describe('filling a text', () => {
  it('fills every place in both languages, each as often as it stands there', () => {
    const text = { zhCN: '{file} 有 {size} MB，{file} 太大', en: '{file} has {size} MB' };
    expect(fillText(text, { file: 'a.pdf', size: 12 })).toEqual({
      zhCN: 'a.pdf 有 12 MB，a.pdf 太大',
      en: 'a.pdf has 12 MB',
    });
  });

  it('fills in words of each language where they are given', () => {
    const field = { zhCN: '抬头', en: 'title' };
    expect(fillText({ zhCN: '{field}不同', en: 'another {field}' }, { field })).toEqual({
      zhCN: '抬头不同',
      en: 'another title',
    });
  });

  it('leaves a place without a value as it is, so that it is seen', () => {
    expect(fillText({ zhCN: '{what}', en: 'no {what}' }, {})).toEqual({ zhCN: '{what}', en: 'no {what}' });
  });

  it('fills in zero and the empty text', () => {
    expect(fillText({ zhCN: '{n}张{s}', en: '{n} cards{s}' }, { n: 0, s: '' })).toEqual({ zhCN: '0张', en: '0 cards' });
  });

  it('takes values as they are, with places and dollar signs in them', () => {
    expect(fillText({ zhCN: '“{a}”{b}', en: '{a}{b}' }, { a: '{b} $& $1', b: 'x' })).toEqual({
      zhCN: '“{b} $& $1”x',
      en: '{b} $& $1x',
    });
  });

  it('does not take names of every object for values', () => {
    expect(fillText({ zhCN: '{constructor}', en: '{toString}' }, {})).toEqual({
      zhCN: '{constructor}',
      en: '{toString}',
    });
  });
});

describe('the sentence in one language', () => {
  it('is the one of that language', () => {
    const text = { zhCN: '中文', en: 'English' };
    expect(inLanguage(text, 'zh-CN')).toBe('中文');
    expect(inLanguage(text, 'en')).toBe('English');
  });
});
