import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guidePageNames } from '../../../renderer/app/guide-page-names.ts';
import { errorsPage } from '../../../scripts/guide/errors-page.ts';
import { plainText, readGuidePage } from '../../../scripts/guide/read-page.ts';
import { errorCatalogue } from '../../../shared/errors/error-catalogue.ts';
import { languages } from '../../../shared/text.ts';
import { errorsOfCall, wechatErrors } from '../../../shared/wechat/error-table.ts';
import { anchorsOf, elementsOf, guideFolder, pageFile, pageFiles, readPage } from '../../support/guide-files.ts';
import { screenWords } from './screen-words.ts';

describe('the two languages of the guide', () => {
  it.each(languages)('have the pages that the window shows, in %s', (language) => {
    expect(pageFiles(language).toSorted()).toEqual([...guidePageNames].toSorted());
  });

  it.each(guidePageNames)('have the same headings on %s', (name) => {
    const headings = languages.map((language) => readPage(language, name).headings.map(({ level, id }) => [level, id]));
    expect(headings[0]).toEqual(headings[1]);
  });

  it.each(guidePageNames)('have no anchor twice on %s', (name) => {
    for (const language of languages) {
      const anchors = anchorsOf(readPage(language, name));
      expect(anchors).toEqual([...new Set(anchors)]);
    }
  });
});

describe.each(languages)('what the guide says in %s', (language) => {
  const isOnScreen = screenWords(language);
  const anchors = new Map(guidePageNames.map((name) => [name as string, anchorsOf(readPage(language, name))]));

  it.each(guidePageNames)('names buttons as the screen does on %s', (name) => {
    const quoted = elementsOf(readPage(language, name).body).filter(({ tag }) => tag === 'strong');
    const words = quoted.map(({ children }) => plainText(children));
    expect(words.filter((word) => !isOnScreen(word))).toEqual([]);
  });

  it('would be noticed where no button is called so', () => {
    expect(isOnScreen(language === 'en' ? 'Issue' : '开具')).toBe(true);
    expect(isOnScreen(language === 'en' ? 'Send it off' : '马上发走')).toBe(false);
  });

  it.each(guidePageNames)('leads to places that are there on %s', (name) => {
    const links = elementsOf(readPage(language, name).body).flatMap(({ href }) =>
      href?.startsWith('#') ? [href.split('/').slice(2)] : [],
    );
    const lost = links.filter(([page = '', anchor]) => {
      const there = anchors.get(page);
      return there === undefined || (anchor !== undefined && !there.includes(anchor));
    });
    expect(lost).toEqual([]);
  });

  it.each(guidePageNames)('shows pictures that are there, with words for who cannot see them, on %s', (name) => {
    const pictures = elementsOf(readPage(language, name).body).filter(({ tag }) => tag === 'img');
    for (const { src = '', alt = '' } of pictures) {
      expect(existsSync(join(guideFolder(language), src))).toBe(true);
      expect(alt.trim()).not.toBe('');
    }
  });

  it('tells of errors what the program itself says (else: npm run guide)', () => {
    expect(pageFile(language, 'errors')).toBe(errorsPage(language));
  });

  it('has a place for every error there is', () => {
    const codes = new Set([
      ...Object.keys(wechatErrors),
      ...Object.values(errorsOfCall).flatMap((table) => Object.keys(table)),
    ]);
    const wanted = [...Object.keys(errorCatalogue), ...[...codes].map((code) => `wechat.${code}`), 'wechat.other'];
    expect(wanted.length).toBeGreaterThan(200);
    const there = new Set(anchors.get('errors'));
    expect(wanted.filter((code) => !there.has(code))).toEqual([]);
  });
});

describe('a page that the window would not show as it is written stops the build', () => {
  it.each([
    ['## <a id="a"></a>Not a title', 'begins with its title'],
    ['# No anchor', 'has no anchor'],
    ['# <a id="a"></a>Title\n\n#### <a id="b"></a>Deep', 'too deep'],
    ['# <a id="a"></a>Title\n\n<script>alert(1)</script>', 'no place for html'],
    ['# <a id="a"></a>Title\n\nA <b>bold</b> word', 'no place for <b>'],
    ['# <a id="a"></a>Title\n\n[away](https://example.com/)', 'cannot link to https://example.com/'],
  ])('such as %j', (markdown, reason) => {
    expect(() => readGuidePage(markdown)).toThrow(reason);
  });

  it('and what it may hold becomes elements', () => {
    const page = readGuidePage(
      '# <a id="a"></a>Title\n\nPress <kbd>F1</kbd>, see [there](issue.md#steps), **Issue** and <a id="x.1">72038</a>.',
    );
    expect(page.headings).toEqual([{ level: 1, id: 'a', text: 'Title' }]);
    expect(page.body[1]).toEqual({
      tag: 'p',
      children: [
        'Press ',
        { tag: 'kbd', children: ['F1'] },
        ', see ',
        { tag: 'a', href: '#/guide/issue/steps', children: ['there'] },
        ', ',
        { tag: 'strong', children: ['Issue'] },
        ' and ',
        { tag: 'a', id: 'x.1', children: ['72038'] },
        '.',
      ],
    });
  });
});
