import { describe, expect, it } from 'vitest';
import { readCommandLine, usage } from '../../../electron/cli/command-line.ts';

const read = (words: readonly string[], environment: Record<string, string> = {}) =>
  readCommandLine(words, environment);

describe('the words of a command line', () => {
  it('are the command, what stands after it, and the flags wherever they stand', () => {
    expect(read(['--json', 'call', 'app.info', '{}', '--data-dir', '/d'])).toMatchObject({
      ok: true,
      value: { command: 'call', rest: ['app.info', '{}'], flags: { json: true, 'data-dir': '/d' }, language: 'zh-CN' },
    });
    expect(read(['issue', '--csv=a.csv', '--pdf-dir', 'p', '--dry-run', '--concurrency', '2'])).toMatchObject({
      ok: true,
      value: { command: 'issue', flags: { csv: 'a.csv', 'pdf-dir': 'p', 'dry-run': true, concurrency: '2' } },
    });
  });

  it('take a lone - for a word', () => {
    expect(read(['call', 'app.info', '-'])).toMatchObject({ ok: true, value: { rest: ['app.info', '-'] } });
  });

  it.each([[['help']], [['--help']], [['-h']], [[]], [['issue', '--help']]])('%j ask for help', (words) => {
    expect(read(words)).toMatchObject({ ok: true, value: { command: 'help' } });
  });

  it.each([
    [['isue'], 'isue'],
    [['Issue'], 'Issue'],
    [['operations', '--bogus'], '--bogus'],
    [['call', '-x'], '-x'],
    [['operations', '--lang', 'fr'], 'fr'],
    [['operations', '--json=yes'], '--json'],
    [['issue', '--csv'], '--csv'],
  ])('%j are refused, and the wrong one is named', (words, named) => {
    const line = read(words);
    expect(line).toMatchObject({ ok: false, error: { code: 'usage.wrong', class: 'fix-input' } });
    expect(line.ok ? '' : line.error.text.zhCN).toContain(named);
    expect(line.ok ? '' : line.error.text.en).toContain(named);
  });

  it('name every command and every flag in the help', () => {
    const words = 'operations call issue practice doctor demo --csv --pdf-dir --account --template --dry-run --report';
    const more = '--concurrency --port --books --appid --secret --authorise --data-dir --json --lang FAPIAO_APP_SECRET';
    for (const word of `${words} ${more} FAPIAO_DATA_DIR`.split(' ')) expect(usage).toContain(word);
  });
});

describe('the language', () => {
  it.each<[string[], Record<string, string>, string]>([
    [[], {}, 'zh-CN'],
    [['--lang', 'en'], {}, 'en'],
    [['--lang=zh-CN'], { LANG: 'en_US.UTF-8' }, 'zh-CN'],
    [[], { LANG: 'en_GB.UTF-8' }, 'en'],
    [[], { LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
    [[], { LANG: 'C.UTF-8' }, 'zh-CN'],
    [[], { LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, 'zh-CN'],
    [[], { FAPIAO_LANG: 'en', LC_ALL: 'zh_CN.UTF-8' }, 'en'],
  ])('of %j with %j is %s', (words, environment, language) => {
    expect(read(['operations', ...words], environment)).toMatchObject({ ok: true, value: { language } });
  });
});
