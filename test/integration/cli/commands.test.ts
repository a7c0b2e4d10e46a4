import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { usage } from '../../../electron/cli/command-line.ts';
import { projectRoot } from '../../../scripts/run.ts';
import { contract } from '../../../shared/contract/contract.ts';
import { jsonLines, runCli, spawnCli } from '../../support/cli.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

const run = (words: readonly string[], more: { input?: string; environment?: Record<string, string> } = {}) =>
  runCli(words, { dataFolder: createTempFolder(), ...more });

describe('help', () => {
  it('is printed, and the data folder is not touched for it', async () => {
    const dataFolder = createTempFolder();
    const { code, stdout, stderr } = await runCli(['--help'], { dataFolder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(usage);
    expect(readdirSync(dataFolder)).toEqual([]);
  });
});

describe('words that are not understood', () => {
  it('are refused on stderr in Chinese', async () => {
    const { code, stdout, stderr } = await run(['isue']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe('命令用法有误：没有这个命令 / no such command: isue\n用 --help 查看用法。\n');
  });

  it('are refused in English where that is asked for, even by words that are wrong as a whole', async () => {
    const { code, stderr } = await run(['operations', '--bogus', '--lang', 'en']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Wrong usage: .*--bogus.*\nSee --help\.\n$/);
  });

  it('are one JSON object on stdout under --json', async () => {
    const { code, stdout, stderr } = await run(['practice', '--port', 'eighty', '--json']);
    expect(code).toBe(1);
    expect(jsonLines(stdout)).toMatchObject([{ ok: false, error: { code: 'usage.wrong', class: 'fix-input' } }]);
    expect(stderr).toContain('eighty');
  });
});

describe('operations', () => {
  it('lists every operation with a sentence in the chosen language', async () => {
    const names = Object.keys(contract);
    const chinese = (await run(['operations'])).stdout.trimEnd().split('\n');
    const english = (await run(['operations', '--lang', 'en'])).stdout.trimEnd().split('\n');
    expect(chinese.map((line) => line.split(' ')[0])).toEqual(names);
    expect(english.map((line) => line.split(' ')[0])).toEqual(names);
    expect(chinese.every((line) => /\p{Script=Han}/u.test(line))).toBe(true);
    expect(english.some((line) => /\p{Script=Han}/u.test(line))).toBe(false);
  });

  it('gives one JSON object a line with JSON Schemas of what goes in and comes out', async () => {
    const { code, stdout } = await run(['operations', '--json']);
    const lines = jsonLines(stdout);
    expect(code).toBe(0);
    expect(lines.map(({ name }) => name)).toEqual(Object.keys(contract));
    for (const line of lines) {
      const schema = {
        $schema: expect.stringContaining('json-schema.org'),
        type: 'object',
        additionalProperties: false,
      };
      expect(line).toMatchObject({
        summary: { zhCN: expect.any(String), en: expect.any(String) },
        input: schema,
        output: schema,
      });
    }
    const sections = lines.map(({ apiSection }) => apiSection).filter((section) => section !== undefined);
    expect([...new Set(sections)].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('ends quietly when nobody reads on', async () => {
    const child = spawnCli(['operations', '--json'], { dataFolder: createTempFolder() });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    // Gone before the first word: every write of the program meets a closed pipe.
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('call', () => {
  const call = (words: readonly string[], input = '') => run(['call', ...words], { input });

  it('prints the result as one JSON object', async () => {
    const { code, stdout, stderr } = await call(['settings.read', '{}']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(jsonLines(stdout)).toEqual([
      { ok: true, value: { language: 'zh-CN', theme: 'system', currentAccountId: null } },
    ]);
  });

  it('takes no input for the empty one', async () => {
    expect(await call(['account.list'])).toMatchObject({ code: 0, stdout: '{"ok":true,"value":{"accounts":[]}}\n' });
  });

  it('reads its input from stdin where a - stands for it', async () => {
    const { code, stdout } = await call(['settings.write', '-'], '{"theme":"dark"}\n');
    expect(code).toBe(0);
    expect(jsonLines(stdout)).toMatchObject([{ ok: true, value: { theme: 'dark' } }]);
  });

  it.each([
    ['bad JSON', ['settings.read', '{'], '', 'input.not-json'],
    ['bad JSON on stdin', ['settings.read', '-'], '{"theme":', 'input.not-json'],
    ['an unknown operation', ['settings.forget', '{}'], '', 'operation.unknown'],
    ['no operation', [], '', 'operation.unknown'],
    ['null for an object', ['settings.read', 'null'], '', 'input.invalid'],
    ['a dialog without a window', ['file.choose', '{"kind":"pdf"}'], '', 'window.needed'],
    ['an unknown account', ['account.check', '{"accountId":7}'], '', 'account.not-found'],
  ])('answers %s with a code and exit code 1', async (_name, words, input, code) => {
    const result = await call(words, input);
    expect(result.code).toBe(1);
    expect(jsonLines(result.stdout)).toMatchObject([
      { ok: false, error: { code, text: { zhCN: expect.stringMatching(/\p{Script=Han}/u), en: expect.any(String) } } },
    ]);
  });
});

describe('"@PATH" in the input of call', () => {
  it('hands the file over where a file is wanted', async () => {
    const path = join(createTempFolder(), '发票.pdf');
    writeFileSync(path, '%PDF-1.7\n%%EOF\n');
    const { code, stdout } = await run(['call', 'file.read', JSON.stringify({ file: `@${path}` })]);
    expect(code).toBe(0);
    expect(jsonLines(stdout)).toEqual([
      { ok: true, value: { name: '发票.pdf', bytes: Buffer.from('%PDF-1.7\n%%EOF\n').toString('base64') } },
    ]);
  });

  it('makes a table of a folder of PDFs at the place that is named', async () => {
    const folder = createTempFolder();
    const pdfs = join(folder, 'pdfs');
    mkdirSync(pdfs);
    copyFileSync(join(projectRoot, 'test', 'fixtures', 'pdf', 'a-vat-song-1.pdf'), join(pdfs, '一.pdf'));
    writeFileSync(join(pdfs, '坏.pdf'), '%PDF-1.7');
    const target = join(folder, 'made.csv');
    const { code, stdout } = await run([
      'call',
      'table.fromPdfs',
      JSON.stringify({ folder: `@${pdfs}`, target: `@${target}` }),
    ]);
    expect(code).toBe(0);
    expect(jsonLines(stdout)).toMatchObject([
      { ok: true, value: { table: { name: 'made.csv' }, rows: 1, refused: [{ file: '坏.pdf' }] } },
    ]);
    expect(readFileSync(target, 'utf8')).toContain('成都云里工程设备有限公司');
  });

  it('of a missing file is refused, and the file is named', async () => {
    const { code, stdout } = await run(['call', 'file.read', '{"file":"@none.pdf"}']);
    expect(code).toBe(1);
    expect(jsonLines(stdout)).toMatchObject([
      {
        ok: false,
        error: { code: 'file.not-found', text: { zhCN: '找不到文件 none.pdf', en: 'File not found: none.pdf' } },
      },
    ]);
  });
});
