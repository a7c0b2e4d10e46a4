import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  displayWidth,
  fitsWeChatLength,
  logoSizeLimitBytes,
  pdfLifetimeSeconds,
  pdfSizeLimitBytes,
  pdfUrlLifetimeSeconds,
  templateLimits,
  utf8Length,
} from '../../../shared/wechat/limits.ts';

describe('the width of a text', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['发票', 4],
    ['发票a1', 6],
    ['ＡＢ', 4],
    ['，。', 4],
    ['한글', 4],
    ['かな', 4],
    ['…“”', 3],
    ['é', 1],
    ['𠮷', 2],
    ['😀', 2],
  ])('counts %s as %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('the length in UTF-8', () => {
  it('is what an encoder makes of it, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text, 'utf8'));
      }),
    );
  });

  it('counts an unpaired surrogate as the replacement character', () => {
    expect(utf8Length('\ud800x')).toBe(4);
  });
});

describe('what WeChat takes', () => {
  const title = templateLimits.title;

  it.each(['一二三四五六七八九', 'abcdefghijklmnopqr'])('takes the title %s', (text) => {
    expect(fitsWeChatLength(text, title)).toBe(true);
  });

  it.each(['一二三四五六七八九十', 'abcdefghijklmnopqrs', '一二三四五六七八九a'])(
    'refuses the title %s by its width',
    (text) => {
      expect(fitsWeChatLength(text, title)).toBe(false);
    },
  );

  it('refuses narrow characters of three bytes by their bytes although they are narrow enough', () => {
    expect(displayWidth('……………')).toBe(5);
    expect(fitsWeChatLength('…'.repeat(9), title)).toBe(true);
    expect(fitsWeChatLength('…'.repeat(10), title)).toBe(false);
  });

  it('limits the other fields as the document says', () => {
    const widest = Object.entries(templateLimits).map(([name, { chinese }]) => [
      name,
      fitsWeChatLength('字'.repeat(chinese), { chinese }) && !fitsWeChatLength('字'.repeat(chinese + 1), { chinese }),
      chinese,
    ]);
    expect(widest).toEqual([
      ['title', true, 9],
      ['customUrlName', true, 5],
      ['customUrlSubTitle', true, 6],
      ['promotionUrlName', true, 5],
      ['promotionUrlSubTitle', true, 6],
    ]);
  });

  it('gives times in seconds and sizes in bytes', () => {
    expect(pdfLifetimeSeconds).toBe(259_200);
    expect(pdfUrlLifetimeSeconds).toBe(7200);
    expect(pdfSizeLimitBytes).toBe(10_485_760);
    expect(logoSizeLimitBytes).toBe(1_048_576);
  });
});
