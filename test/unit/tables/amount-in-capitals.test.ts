import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountInCapitals } from '../../../scripts/samples/amount-in-capitals.ts';

describe('amounts in Chinese capitals', () => {
  it.each([
    [0, '零圆整'],
    [1, '壹分'],
    [5, '伍分'],
    [10, '壹角整'],
    [50, '伍角整'],
    [55, '伍角伍分'],
    [100, '壹圆整'],
    [105, '壹圆零伍分'],
    [150, '壹圆伍角整'],
    [1000, '壹拾圆整'],
    [10_001, '壹佰圆零壹分'],
    [100_100, '壹仟零壹圆整'],
    [101_000, '壹仟零壹拾圆整'],
    [123_405, '壹仟贰佰叁拾肆圆零伍分'],
    [1_000_000, '壹万圆整'],
    [1_000_100, '壹万零壹圆整'],
    [1_010_000, '壹万零壹佰圆整'],
    [10_001_000, '壹拾万零壹拾圆整'],
    [10_700_053, '壹拾万柒仟圆伍角叁分'],
    [168_032, '壹仟陆佰捌拾圆叁角贰分'],
    [10_000_000_000, '壹亿圆整'],
    [10_000_000_100, '壹亿零壹圆整'],
    [10_001_000_000, '壹亿零壹万圆整'],
    [10_010_001_000, '壹亿零壹拾万零壹拾圆整'],
    [999_999_999_999, '玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖圆玖角玖分'],
  ])('writes %d fen as %s', (fen, capitals) => {
    expect(amountInCapitals(fen)).toBe(capitals);
  });

  it('never doubles a zero and can be read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (fen) => {
        const capitals = amountInCapitals(fen);
        expect(capitals).not.toMatch(/零零|零[万亿圆整]/);
        expect(readCapitals(capitals)).toBe(fen);
      }),
    );
  });

  it.each([-1, 0.5, Number.NaN])('refuses %d', (fen) => {
    expect(() => amountInCapitals(fen)).toThrow(RangeError);
  });
});

/** The way back, digit by digit, written apart from the way there. */
function readCapitals(capitals: string): number {
  const units: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1000 };
  let [total, group, digit] = [0, 0, 0];
  for (const character of capitals) {
    const value = '零壹贰叁肆伍陆柒捌玖'.indexOf(character);
    if (value >= 0) digit = value;
    else if (character in units) [group, digit] = [group + digit * (units[character] ?? 0), 0];
    else if (character === '万') [total, group, digit] = [total + (group + digit) * 1_000_000, 0, 0];
    else if (character === '亿') [total, group, digit] = [total + (group + digit) * 10_000_000_000, 0, 0];
    else if (character === '圆') [total, group, digit] = [total + (group + digit) * 100, 0, 0];
    else if (character === '角') [total, digit] = [total + digit * 10, 0];
    else if (character === '分') [total, digit] = [total + digit, 0];
  }
  return total;
}
