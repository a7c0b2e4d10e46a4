import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type LinkRepair, readRedirectLink, splitLines } from '../../../shared/wechat/redirect-link.ts';

/** The code of the document's own example. */
const code = 'XXIzTtMqCxwOaawoE91+VJdsFmv7b8g0VZIZkqf4GWA60Fzpc8ksZ/5ZZ0DVkXdE';
const padded = 'AbC+dEf/0123456789+xyzQ=';
const cardId = 'pjZ8Yt9WoOePThU0NfUKz5-tBEWU';
const link = `https://example.com/shop?encrypt_code=${encodeURIComponent(code)}&card_id=${cardId}`;
const wide = (text: string) =>
  text.replaceAll(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));

interface Case {
  readonly what: string;
  readonly line: string;
  readonly encryptCode?: string;
  readonly cardId?: string | null;
  readonly repairs: readonly LinkRepair[];
}

describe('what a person pastes gives the code', () => {
  test.each<Case>([
    { what: 'a link as WeChat sends it', line: link, cardId, repairs: [] },
    {
      what: 'a link that was not encoded',
      line: `http://a.cn/?encrypt_code=${code}&card_id=${cardId}`,
      cardId,
      repairs: [],
    },
    { what: 'card_id first', line: `http://a.cn/?card_id=${cardId}&encrypt_code=${code}#top`, cardId, repairs: [] },
    { what: 'an HTML source', line: `http://a.cn/?encrypt_code=${code}&amp;card_id=${cardId}`, cardId, repairs: [] },
    {
      what: 'the query alone',
      line: `encrypt_code=${encodeURIComponent(code)}&card_id=${cardId}`,
      cardId,
      repairs: [],
    },
    { what: 'a bare code', line: code, repairs: [] },
    { what: 'a bare code between blanks', line: `  ${code}\t`, repairs: [] },
    {
      what: 'a lost plus sign at the start',
      line: ` ${code.slice(1)}`,
      encryptCode: `+${code.slice(1)}`,
      repairs: ['spaces'],
    },
    { what: 'spaces for plus signs', line: code.replaceAll('+', ' '), repairs: ['spaces'] },
    {
      what: 'spaces in a link',
      line: `http://a.cn/?encrypt_code=${code.replaceAll('+', ' ')}&card_id=${cardId}`,
      cardId,
      repairs: ['spaces'],
    },
    { what: 'a bare code encoded once', line: encodeURIComponent(code), repairs: ['percent-once'] },
    {
      what: 'a bare code encoded twice',
      line: encodeURIComponent(encodeURIComponent(code)),
      repairs: ['percent-twice'],
    },
    { what: 'a value encoded once too often', line: link.replace(/%/g, '%25'), cardId, repairs: ['percent-once'] },
    { what: 'a link encoded as a whole', line: encodeURIComponent(link), cardId, repairs: ['percent-once'] },
    {
      what: 'a link encoded as a whole, twice',
      line: encodeURIComponent(encodeURIComponent(link)),
      cardId,
      repairs: ['percent-twice'],
    },
    { what: 'full-width characters', line: wide(code), repairs: ['full-width'] },
    { what: 'a full-width link', line: wide(link), cardId, repairs: ['full-width'] },
    { what: 'quotes', line: `“${code}”`, repairs: ['surroundings'] },
    { what: 'a sentence around a link', line: `客户发来：${link}，请查收。`, cardId: null, repairs: ['surroundings'] },
    { what: 'a label before a code', line: `encrypt_code：${code}`, repairs: ['surroundings'] },
    {
      what: 'what follows the padding',
      line: `http://a.cn/?encrypt_code=${padded} thanks`,
      encryptCode: padded,
      repairs: ['surroundings'],
    },
    { what: 'invisible characters', line: `\uFEFF${code.slice(0, 10)}\u200B${code.slice(10)}`, repairs: [] },
    { what: 'a code without its padding', line: padded.replace('=', ''), encryptCode: padded, repairs: ['padding'] },
  ])('$what', ({ line, encryptCode = code, cardId: id = null, repairs }) => {
    const read = readRedirectLink(line);
    expect(read).toMatchObject({ ok: true, value: { encryptCode, repairs } });
    if (id !== null) expect(read).toMatchObject({ value: { cardId: id } });
  });

  test.each([
    ['nothing', '', 'no-code'],
    ['a sentence', '客户说打不开', 'no-code'],
    ['a short word', 'hello', 'no-code'],
    ['a link without a code', `https://example.com/?card_id=${cardId}`, 'no-code'],
    ['an empty code', 'https://example.com/?encrypt_code=&card_id=x', 'no-code'],
    ['foreign characters', code.replace('+', '_'), 'not-base64'],
    ['one character short of a group', code.slice(0, 61), 'cut-off'],
  ] as const)('%s: says why not', (_, line, fault) => {
    expect(readRedirectLink(line)).toEqual({ ok: false, error: fault });
  });
});

const codes = fc
  .uint8Array({ minLength: 16, maxLength: 64 })
  .map((bytes) => Buffer.from(bytes).toString('base64'))
  // Four lost plus signs at an end cannot be told from blanks.
  .filter((text) => !/^\+{4}|\+{4}$/.test(text));
const encoded = (text: string, times: number) =>
  Array.from({ length: times }).reduce<string>((before) => encodeURIComponent(before), text);

it('recovers any code, encoded up to twice, with spaces for plus signs, bare and in a link', () => {
  fc.assert(
    fc.property(codes, fc.integer({ min: 0, max: 2 }), fc.boolean(), fc.boolean(), (text, times, spaced, inLink) => {
      const sent = encoded(spaced ? text.replaceAll('+', ' ') : text, times);
      const line = inLink ? `https://example.com/a?b=1&encrypt_code=${sent}&card_id=${cardId}` : sent;
      const read = readRedirectLink(line);
      expect(read).toMatchObject({ ok: true, value: { encryptCode: text, cardId: inLink ? cardId : null } });
      if (read.ok) expect(read.value.repairs.includes('spaces')).toBe(spaced && text.includes('+'));
    }),
  );
});

it('never throws, and what it gives is base64 of whole groups', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (line) => {
      const read = readRedirectLink(line);
      if (read.ok) expect(read.value.encryptCode).toMatch(/^(?:[A-Za-z0-9+/]{4})+(?<=[A-Za-z0-9+/=]{4})$|={1,2}$/);
    }),
  );
});

it('splits lines of every system and leaves out the empty ones', () => {
  expect(splitLines('a\r\n\n b\rc\u2028 \n')).toEqual(['a', ' b', 'c']);
});
